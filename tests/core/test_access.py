"""Every view says who may see it."""

import pytest
from flask import Blueprint

from clinic_notes.core.access import PUBLIC, needs
from tests.core.conftest import AppWith


def test_a_view_that_does_not_say_what_it_needs_stops_the_start(app_with: AppWith) -> None:
    forgotten = Blueprint("extra", __name__)
    forgotten.add_url_rule("/extra", "page", lambda: "anybody may read this")
    with pytest.raises(LookupError, match=r"extra\.page"):
        app_with(forgotten)


def test_a_public_page_asks_for_nobody(app_with: AppWith) -> None:
    welcome = Blueprint("extra", __name__)
    welcome.add_url_rule("/extra", "page", needs(PUBLIC)(lambda: "welcome"))
    assert app_with(welcome).test_client().get("/extra").text == "welcome"
