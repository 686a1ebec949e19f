"""What every answer tells the browser."""

import pytest
from flask import Flask

from tests.cast import PASSWORD, Cast
from tests.fixture_types import ClientFor
from tests.stores import ON_ONE_STORE, Store

EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def plain_pages(app: Flask) -> list[str]:
    """Return every address that needs no number or word in it, and some nobody has."""
    found = [rule.rule for rule in app.url_map.iter_rules() if not rule.arguments]
    return [*found, "/visits/1", "/no/such/page", "/static/css/page.css"]


@ON_ONE_STORE
def test_every_answer_is_protected(app: Flask, client_for: ClientFor, cast: Cast) -> None:
    for client in (client_for(cast.maya), app.test_client()):
        for address in plain_pages(app):
            for method in ("GET", "POST", "PUT", "OPTIONS"):
                with client.open(address, method=method) as answer:
                    headers = answer.headers
                told = {name: headers.get(name) for name in EVERYWHERE}
                assert told == EVERYWHERE, address
                policy = headers["Content-Security-Policy"]
                assert "default-src 'none'" in policy
                assert "frame-ancestors 'none'" in policy
                assert "base-uri 'none'" in policy
                assert "unsafe" not in policy
                if not address.startswith("/static"):
                    assert headers["Cache-Control"] == "no-store", address


@ON_ONE_STORE
def test_no_page_needs_a_script_or_style_the_policy_forbids(
    app: Flask, client_for: ClientFor, cast: Cast
) -> None:
    client = client_for(cast.maya)
    for address in plain_pages(app):
        with client.get(address) as page:
            if page.mimetype != "text/html":
                continue
            page.get_data()
        assert " style=" not in page.text, address
        assert "<style" not in page.text, address
        assert " onclick=" not in page.text, address
        assert "//cdn" not in page.text, address
        for script in page.text.split("<script")[1:]:
            assert "src=" in script.split(">")[0] or 'type="application/json"' in script, address


@ON_ONE_STORE
def test_every_cookie_is_for_our_server_alone(store: Store) -> None:
    client = store.app.test_client()
    client.get("/sign-in")
    answer = client.post("/sign-in", data={"email": "maya@demo.clinic", "password": PASSWORD})
    cookies = answer.headers.getlist("Set-Cookie")
    assert cookies
    for cookie in cookies:
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie


@ON_ONE_STORE
@pytest.mark.parametrize("https", [True, False], ids=["over https", "on loopback"])
def test_https_is_asked_for_where_it_is_there(
    https: bool, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "HTTPS", https)
    told = app.test_client().get("/healthz").headers.get("Strict-Transport-Security")
    assert told == ("max-age=31536000; includeSubDomains" if https else None)
