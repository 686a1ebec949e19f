"""Every view says who may see it."""

import pytest
from flask import Blueprint, Flask

from clinic_notes.core.access import PUBLIC, needs
from tests.cast import Cast
from tests.core.conftest import AppWith
from tests.fixture_types import ClientFor
from tests.stores import ON_ONE_STORE
from tests.test_access_matrix import UNKNOWN


def test_a_view_that_does_not_say_what_it_needs_stops_the_start(app_with: AppWith) -> None:
    forgotten = Blueprint("extra", __name__)
    forgotten.add_url_rule("/extra", "page", lambda: "anybody may read this")
    with pytest.raises(LookupError, match=r"extra\.page"):
        app_with(forgotten)


def test_a_public_page_asks_for_nobody(app_with: AppWith) -> None:
    welcome = Blueprint("extra", __name__)
    welcome.add_url_rule("/extra", "page", needs(PUBLIC)(lambda: "welcome"))
    assert app_with(welcome).test_client().get("/extra").text == "welcome"


@ON_ONE_STORE
def test_a_body_that_is_no_form_is_refused_on_every_address(
    app: Flask, cast: Cast, client_for: ClientFor
) -> None:
    posts = [rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())]
    maya, address = client_for(cast.maya), app.url_map.bind("localhost")
    answers = {
        rule.endpoint: maya.post(
            address.build(rule.endpoint, dict.fromkeys(rule.arguments, 1) | UNKNOWN),
            json={"email": {}},
        ).status_code
        for rule in posts
    }
    assert len(answers) > 30
    assert set(answers.values()) == {415}


@ON_ONE_STORE
@pytest.mark.parametrize("body", ["[" * 5000 + "]" * 5000, '{"email": [1]}', "not json"])
def test_the_sign_in_reads_no_json(app: Flask, body: str) -> None:
    answer = app.test_client().post("/sign-in", data=body, content_type="application/json")
    assert answer.status_code == 415
