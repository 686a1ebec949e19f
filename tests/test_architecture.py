"""The house rules about code, each a sentence that fails the build when it stops being true."""

import ast
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.repo_files import ROOT, files, place


def phrases(source: str) -> Iterator[tuple[int, str]]:
    """Yield what the code says, line by line, without its comments and strings."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Name() | ast.Attribute() | ast.Call():
                yield node.lineno, ast.unparse(node)
            case ast.keyword(arg=str(name)):
                yield node.value.lineno, f"{name}="
            case ast.Import(names=names):
                yield from ((node.lineno, alias.name) for alias in names)
            case ast.ImportFrom(module=module, names=names):
                origin = "." * node.level + (module or "")
                yield from ((node.lineno, f"{origin}.{alias.name}") for alias in names)


@dataclass(frozen=True)
class Ban:
    """Something that only the named places may say."""

    sentence: str
    says: str
    allowed: tuple[str, ...]
    caught: tuple[str, ...]
    spared: tuple[str, ...]

    def breaches(self, source: str) -> list[int]:
        """Return the lines that say it."""
        return sorted({line for line, said in phrases(source) if re.search(self.says, said)})


BANS = [
    Ban(
        "only the transaction commits",
        says=r"\.commit$",
        allowed=("clinic_notes/core/transaction.py",),
        caught=("db.session.commit()", "keep = connection.commit"),
        spared=("# db.session.commit()", "commit_note = 1", "db.session.flush()"),
    ),
    Ban(
        "only core and backups speak SQL that slips past the clinic filter",
        says=r"^((sa|sqlalchemy|db)\.)?text\(|^sqlalchemy(\.sql)?\.text$"
        r"|\.(__table__|from_statement|exec_driver_sql|session\.connection)$",
        allowed=("clinic_notes/core/", "clinic_notes/backup/"),
        caught=(
            "text('select 1')",
            "sa.text('select 1')",
            "from sqlalchemy import text",
            "select(Patient.__table__)",
            "select(Patient).from_statement(raw)",
            "connection.exec_driver_sql('select 1')",
            "db.session.connection().execute(select(Patient.mrn))",
        ),
        spared=("entry.text()", "note_text(visit)", "__table_args__ = ()", "text = ''"),
    ),
    Ban(
        "only sign-in, commands and core look beyond one clinic",
        says=r"^every_clinic=$",
        allowed=(
            "clinic_notes/core/",
            "clinic_notes/accounts/",
            "clinic_notes/cli",
            "clinic_notes/demo",
        ),
        caught=("statement.execution_options(every_clinic=True)",),
        spared=("every_clinic = 1",),
    ),
    Ban(
        "only the clock reads the time",
        says=r"\b(datetime|date)\.(now|today|utcnow)$|(^|\.)time\.time(_ns)?$"
        r"|\bfunc\.(now|current_\w+)$",
        allowed=("clinic_notes/core/clock.py",),
        caught=(
            "datetime.now(UTC)",
            "datetime.datetime.utcnow()",
            "date.today()",
            "time.time()",
            "from time import time",
            "mapped_column(server_default=func.now())",
        ),
        spared=("clock.now()", "clock.today(clinic)", "time.monotonic()", "started.time()"),
    ),
    Ban(
        "only the trail's keeper writes the trail",
        says=r"^([\w.]+\.)?AuditEntry\(|^([\w.]+\.)?(insert|update|delete)\(([\w.]+\.)?AuditEntry\b",
        allowed=("clinic_notes/core/audit.py",),
        caught=("AuditEntry(what='x')", "audit.AuditEntry()", "delete(AuditEntry).where(x)"),
        spared=("select(AuditEntry)", "audit.record('visit.signed', visit)"),
    ),
    Ban(
        "only display says that text is already safe",
        says=r"(^|\.)Markup$",
        allowed=("clinic_notes/core/display.py",),
        caught=("Markup('<b>')", "from markupsafe import Markup", "markupsafe.Markup(x)"),
        spared=("escape(x)", "from markupsafe import escape"),
    ),
    Ban(
        "pages are files, never strings",
        says=r"(^|\.)(render|stream)_template_string$|\.from_string$",
        allowed=(),
        caught=("render_template_string('x')", "app.jinja_env.from_string('x')"),
        spared=("render_template('a.html')",),
    ),
]
bans = pytest.mark.parametrize("ban", BANS, ids=lambda ban: ban.sentence)


@bans
def test_the_house_says_it_only_where_it_may(ban: Ban) -> None:
    breaches = [
        f"{place(path)}:{line}"
        for path in files("clinic_notes", suffix=".py")
        if not place(path).startswith(ban.allowed or "-")
        for line in ban.breaches(path.read_text())
    ]
    assert not breaches


@bans
def test_a_ban_catches_what_it_names_and_nothing_like_it(ban: Ban) -> None:
    assert [line for line in ban.caught if not ban.breaches(line)] == []
    assert [line for line in ban.spared if ban.breaches(line)] == []


def unwelcome_imports(name: str, source: str) -> list[str]:
    """Return the imports that a module of this name may not have."""
    unwelcome = {
        # A feature's own; the catalogue of instrument models is another matter.
        "forms": r"^(clinic_notes\.(?!reference)\w+)?\.*models(\.|$)",
        "models": r"^(clinic_notes\.(?!reference)\w+)?\.*forms(\.|$)",
        "actions": r"^flask",
    }.get(name)
    nodes = [
        node
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    said = [said for node in nodes for _, said in phrases(ast.unparse(node))]
    return [line for line in said if unwelcome and re.search(unwelcome, line)]


def test_forms_models_and_actions_keep_to_themselves() -> None:
    breaches = {
        place(path): found
        for path in files("clinic_notes", suffix=".py")
        for part in {path.stem, path.parent.name}
        if (found := unwelcome_imports(part, path.read_text()))
    }
    assert not breaches


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("forms", "from clinic_notes.charting.models import Visit"),
        ("forms", "from clinic_notes.charting.models.visit import Visit"),
        ("forms", "from . import models"),
        ("models", "from clinic_notes.charting.forms import VisitForm"),
        ("actions", "from flask import request"),
        ("actions", "import flask_login"),
    ],
)
def test_an_unwelcome_import_is_caught(name: str, line: str) -> None:
    assert unwelcome_imports(name, line)
    assert not unwelcome_imports("views", line)


def test_a_catalogue_of_models_is_no_feature_s_models() -> None:
    line = "from clinic_notes.reference.instruments import models"
    assert not unwelcome_imports("forms", line)


def lint_imports(where: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--no-logo"]
    return subprocess.run(command, cwd=where, capture_output=True, text=True, check=False)  # noqa: S603 - our own tool.


def test_imports_run_downward_only() -> None:
    ran = lint_imports(ROOT)
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.parametrize(
    ("module", "imported"),
    [
        ("clinic_notes.clinical.findings", "sqlalchemy"),
        ("clinic_notes.reference.terms", "flask"),
        ("clinic_notes.core.clock", "clinic_notes.charting"),
        ("clinic_notes.patients.queries", "clinic_notes.equipment"),
        ("clinic_notes.charting.visit.load", "clinic_notes.charting.note.content"),
        ("clinic_notes.charting.note.views", "clinic_notes.charting.actions"),
    ],
)
def test_an_import_that_climbs_is_caught(tmp_path: Path, module: str, imported: str) -> None:
    ran = lint_imports_with(tmp_path, module, imported)
    assert ran.returncode == 1
    assert f"{module} -> {imported} (l." in ran.stdout


def test_two_modules_that_import_each_other_are_caught(tmp_path: Path) -> None:
    ran = lint_imports_with(tmp_path, "clinic_notes.core.clock", "clinic_notes.core.display")
    assert ran.returncode == 1
    assert ".display -> .clock (1 import)" in ran.stdout


def lint_imports_with(folder: Path, module: str, imported: str) -> subprocess.CompletedProcess[str]:
    """Check a copy of the package in which this module has one import more."""
    shutil.copytree(ROOT / "clinic_notes", folder / "clinic_notes")
    shutil.copy(ROOT / "pyproject.toml", folder)
    with (folder / module.replace(".", "/")).with_suffix(".py").open("a") as planted:
        planted.write(f"\nimport {imported}\n")
    return lint_imports(folder)


def test_the_rules_look_at_the_house() -> None:
    assert "clinic_notes/reference/terms.py" in map(place, files("clinic_notes", suffix=".py"))
