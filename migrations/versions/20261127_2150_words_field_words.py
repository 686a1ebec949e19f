"""Tables and columns take the field's words: autosaved form, documentation time, row order.

PostgreSQL renames in place: its row-level security would show a copy nothing. SQLite cannot
rename a constraint, so there each table is made anew and its rows are copied.

Revision ID: words
Revises: tries
"""

import sqlalchemy as sa
from alembic import op

revision = "words"
down_revision = "tries"
branch_labels = None
depends_on = None

AUTOSAVED = ("kept_form", "autosaved_form")
TIME = ("pace", "documentation_time")
COLUMNS = {"sheet": "form_instance", "sequence": "revision", "kept_at": "saved_at"}
ORDERED = (
    "screening_answer", "screening_site", "reading", "instrument_use", "use_tissue",
    "intervention", "effect",
)  # fmt: skip


def upgrade() -> None:
    _rename(AUTOSAVED, COLUMNS)
    _rename(TIME, {})
    for table in ORDERED:
        op.execute(f"ALTER TABLE {table} RENAME COLUMN place TO row_order")


def downgrade() -> None:
    for table in ORDERED:
        op.execute(f"ALTER TABLE {table} RENAME COLUMN row_order TO place")
    _rename(TIME[::-1], {})
    _rename(AUTOSAVED[::-1], {new: old for old, new in COLUMNS.items()})


def _rename(tables: tuple[str, str], columns: dict[str, str]) -> None:
    old, new = tables
    if op.get_bind().dialect.name == "postgresql":
        _rename_in_place(old, new, columns)
    else:
        _copy(old, new, columns)


def _renamed(name: str, old: str, new: str, columns: dict[str, str]) -> str:
    name = name.replace(f"_{old}_", f"_{new}_").replace(f"pk_{old}", f"pk_{new}")
    for before, after in columns.items():
        name = name.replace(f"_{before}", f"_{after}")
    return name


def _rename_in_place(old: str, new: str, columns: dict[str, str]) -> None:
    found = sa.inspect(op.get_bind())
    constraints = [str(key["name"]) for key in found.get_foreign_keys(old)]
    constraints += [str(key["name"]) for key in found.get_unique_constraints(old)]
    constraints += [str(check["name"]) for check in found.get_check_constraints(old)]
    constraints.append(str(found.get_pk_constraint(old)["name"]))
    indexes = {str(index["name"]) for index in found.get_indexes(old)} - set(constraints)
    for name in constraints:
        after = _renamed(name, old, new, columns)
        op.execute(f"ALTER TABLE {old} RENAME CONSTRAINT {name} TO {after}")
    for name in indexes:
        op.execute(f"ALTER INDEX {name} RENAME TO {_renamed(name, old, new, columns)}")
    for before, after in columns.items():
        op.execute(f"ALTER TABLE {old} RENAME COLUMN {before} TO {after}")
    op.execute(f"ALTER TABLE {old} RENAME TO {new}")
    op.execute(f"ALTER SEQUENCE {old}_id_seq RENAME TO {new}_id_seq")


def _copy(old: str, new: str, columns: dict[str, str]) -> None:
    before = sa.Table(old, sa.MetaData(), autoload_with=op.get_bind(), resolve_fks=False)
    names = {column.name: columns.get(column.name, column.name) for column in before.columns}
    op.create_table(
        new,
        *(sa.Column(names[c.name], c.type, nullable=c.nullable) for c in before.columns),
        *(_constraint(c, old, new, columns) for c in before.constraints),
    )
    for index in sorted(before.indexes, key=lambda index: str(index.name)):
        name = op.f(_renamed(str(index.name), old, new, columns))
        op.create_index(name, new, [names[column.name] for column in index.columns])
    picked, written = ", ".join(names), ", ".join(names.values())
    op.execute(f"INSERT INTO {new} ({written}) SELECT {picked} FROM {old}")
    op.drop_table(old)


def _constraint(found: sa.Constraint, old: str, new: str, columns: dict[str, str]) -> sa.Constraint:
    name = op.f(_renamed(str(found.name), old, new, columns))
    if isinstance(found, sa.CheckConstraint):
        return sa.CheckConstraint(found.sqltext, name=name)
    keys = [columns.get(column.name, column.name) for column in found.columns]
    if isinstance(found, sa.ForeignKeyConstraint):
        targets = [element.target_fullname for element in found.elements]
        return sa.ForeignKeyConstraint(keys, targets, name=name)
    if isinstance(found, sa.PrimaryKeyConstraint):
        return sa.PrimaryKeyConstraint(*keys, name=name)
    return sa.UniqueConstraint(*keys, name=name)
