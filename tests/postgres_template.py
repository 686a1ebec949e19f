"""A PostgreSQL database put back to how it was prepared, quicker than copying it whole."""

from collections.abc import Iterator

from sqlalchemy import Connection, create_engine, text

# Any change of a table, trigger, function or policy writes a new row of these catalogues.
SHAPE = """
SELECT (SELECT sum(xmin::text::bigint) FROM pg_class WHERE relnamespace = 'public'::regnamespace),
       (SELECT sum(xmin::text::bigint) FROM pg_proc WHERE pronamespace = 'public'::regnamespace),
       (SELECT sum(xmin::text::bigint) FROM pg_trigger),
       (SELECT sum(xmin::text::bigint) FROM pg_policy)
"""
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
SEQUENCES = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'"
OTHERS = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


class Prepared:
    """A live database and a copy of it: its rows are put back, or the whole where its shape is
    no longer the same.
    """

    def __init__(self, superuser: str, live: str, kept: str) -> None:
        self._live, self._kept = live, kept
        own = superuser.replace("/postgres?", f"/{live}?")
        self._keeper = create_engine(superuser, isolation_level="AUTOCOMMIT")
        self._inside = create_engine(own, isolation_level="AUTOCOMMIT", pool_pre_ping=True)

    def begin(self) -> None:
        """Make the live database, with nothing in it."""
        self._copy(self._live, "template0")

    def keep(self) -> None:
        """Remember the live database as it is now."""
        with self._inside.connect() as connection:
            self._back = "".join(self._way_back(connection))
        self._copy(self._kept, self._live)
        with self._inside.connect() as connection:
            self._shape = connection.execute(text(SHAPE)).one()

    def renew(self) -> None:
        """Put everything back."""
        with self._inside.connect() as connection:
            if connection.execute(text(SHAPE)).one() == self._shape:
                connection.execute(text(OTHERS))
                connection.exec_driver_sql(self._back)
                return
        self._copy(self._live, self._kept)

    def close(self) -> None:
        """Let go of the server."""
        self._inside.dispose()
        self._keeper.dispose()

    def _way_back(self, connection: Connection) -> Iterator[str]:
        """Copy every row aside, and yield the statements that bring them back."""
        connection.execute(text("CREATE SCHEMA prepared"))
        tables = connection.scalars(text(TABLES)).all()
        # A superuser in this role meets no trigger, neither ours nor those of the keys.
        yield "SET session_replication_role = replica;"
        for table in tables:
            connection.execute(text(f'CREATE TABLE prepared."{table}" AS TABLE public."{table}"'))
            yield f'DELETE FROM public."{table}";'  # noqa: S608 - our own tables.
            yield f'INSERT INTO public."{table}" TABLE prepared."{table}";'
        for name, last in connection.execute(text(SEQUENCES)).all():
            yield f"SELECT setval('public.\"{name}\"', {last or 1}, {last is not None});"
        yield "RESET session_replication_role;"

    def _copy(self, name: str, template: str) -> None:
        self._inside.dispose()
        with self._keeper.connect() as connection:
            connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
            connection.execute(text(f"CREATE DATABASE {name} OWNER clinic_app TEMPLATE {template}"))
