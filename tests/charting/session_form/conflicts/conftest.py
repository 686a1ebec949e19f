"""Two people at one note: she opens it, he opens it, he saves first."""

import pytest

from tests import factories
from tests.html_page import Page


@pytest.fixture
def edit(saved_draft) -> str:
    return f"/visits/{saved_draft}/edit"


@pytest.fixture
def resolve(edit) -> str:
    return f"{edit}/conflict"


@pytest.fixture
def jonas(client_for, cast):
    return client_for(cast.jonas)


@pytest.fixture
def conflict(jonas, maya, edit):
    """Jonas and Maya open the note; he saves first; she gets this page."""
    hers, his = Page(maya.get(edit)).sent, Page(jonas.get(edit)).sent
    his["assessment"], his["plan"] = "Written by Jonas.", "His plan."
    his["roms-0-after"] = "12"
    for part in ("kind", "detail", "minutes", "id"):
        del his[f"interventions-0-{part}"]
    assert jonas.post(edit, data=his).status_code == 303
    hers["assessment"] = "Written by Maya."
    hers["pains-0-after"] = "1"
    return Page(maya.post(edit, data=hers))


@pytest.fixture
def signed(maya, edit, saved_draft, acting_as, cast):
    """Jonas signs the note while Maya types; return what she gets when she sends it."""

    def sent_after(**typed: str) -> Page:
        data = Page(maya.get(edit)).filled(**typed)
        with acting_as(cast.jonas):
            factories.sign(saved_draft, cast.jonas)
        return Page(maya.post(edit, data=data))

    return sent_after


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many scripts of two editors were played, and what came of them."""
    for report in terminalreporter.getreports("passed"):
        for name, line in report.user_properties:
            if name == "interleavings":
                store = report.nodeid.partition("[")[2].rstrip("]")
                terminalreporter.write_line(f"{store}: {line}, no update lost")
