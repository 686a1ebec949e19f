"""Commands as they are typed, and a clinic that was set up by them in a folder of its own."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from clinic_notes import cli, create_app
from tests.accounts.test_people import SETUP


def run(*command: str) -> Result:
    """Run a `clinic-notes` command."""
    return CliRunner().invoke(cli.main, command)


def set_up_clinic(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Set a clinic up in a folder, and let the commands that follow work there."""
    for name in ("DATABASE_URL", "DATABASE_KEY", "SECRET_KEY", "BACKUP_KEY", "BACKUP_KEY_FILE"):
        monkeypatch.delenv(f"CLINIC_NOTES_{name}", raising=False)
    monkeypatch.setenv("CLINIC_NOTES_INSTANCE", str(folder))
    link = re.search(r"/setup/[\w-]+", run("init").output)
    assert link is not None
    client = create_app({"WTF_CSRF_ENABLED": False}).test_client()
    assert client.post(link.group(), data=SETUP).status_code == 303
