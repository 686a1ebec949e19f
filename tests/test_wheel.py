"""The installed wheel works as the checkout does, from any folder."""

import json
import os
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.repo_files import ROOT

pytestmark = pytest.mark.slow

# Runs outside the checkout, on the installed wheel alone.
PROBE = """
import json, sys
import clinic_notes
from clinic_notes.paths import shipped
app = clinic_notes.create_app({"INSTANCE": sys.argv[1]})
print(json.dumps({
    "package": clinic_notes.__file__,
    "sign_in": app.test_client().get("/sign-in").status_code,
    "templates": app.jinja_env.get_template("base.html").filename,
    "migrations": [path.name for path in shipped("migrations").glob("versions/*.py")],
}))
"""


def run(*command: str, cwd: Path, **environment: str) -> str:
    ran = subprocess.run(  # noqa: S603 - the commands stand below.
        [sys.executable, *command],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build by way of the source archive, so that what git ignores stays out of both."""
    built = tmp_path_factory.mktemp("built")
    run("-m", "build", "--no-isolation", "--outdir", str(built), ".", cwd=ROOT)
    [wheel] = built.glob("*.whl")
    return wheel


def test_the_wheel_carries_the_package_and_nothing_beside_it(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        names = set(archive.namelist())
    tops = {name.split("/")[0] for name in names}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"clinic_notes"}
    assert {
        "clinic_notes/config.py",
        "clinic_notes/templates/base.html",
        "clinic_notes/migrations/env.py",
        "clinic_notes/reference/data/strokes.toml",
        "clinic_notes/reference/data/regions/arm.toml",
        "clinic_notes/reference/body_map/front.toml",
    } <= names


def test_the_installed_wheel_serves_the_sign_in_page(wheel: Path, tmp_path: Path) -> None:
    site, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    elsewhere.mkdir()
    install = ("install", "--quiet", "--no-index", "--no-deps", "--target", str(site))
    run("-m", "pip", *install, str(wheel), cwd=elsewhere)
    said = run("-c", PROBE, str(tmp_path / "instance"), cwd=elsewhere, PYTHONPATH=str(site))
    found = json.loads(said)
    assert found["package"] == str(site / "clinic_notes" / "__init__.py")
    assert found["templates"] == str(site / "clinic_notes" / "templates" / "base.html")
    assert found["sign_in"] == 200
    shipped = {path.name for path in (ROOT / "migrations" / "versions").glob("*.py")}
    assert set(found["migrations"]) == shipped != set()
