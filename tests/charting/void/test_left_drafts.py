"""A draft whose author was deactivated is told of, and found, signed or discarded by others."""

from tests import factories
from tests.html_page import Page


def test_it_is_told_to_who_deactivates_and_stands_on_every_therapists_today(
    acting_as, cast, client_for
):
    with acting_as(cast.jonas):
        one, two, signed = (factories.open_visit(cast.jonas).id for _ in range(3))
    with acting_as(cast.jonas):
        factories.sign(signed, cast.jonas)
    maya, root = client_for(cast.maya), client_for(cast.root)
    assert "left" not in Page(maya.get("/")).texts
    answer = root.post(f"/people/{cast.jonas.id}/disable", follow_redirects=True)
    assert "They leave 2 drafts" in Page(answer).text
    shown = Page(maya.get("/"))
    assert shown.texts["left"].count("Jonas Lind, PT") == 2
    for address in (one, two):
        assert f'href="/visits/{address}"' in shown.source
    assert "left" not in Page(client_for(cast.sam).get("/")).texts
    with acting_as(cast.maya):
        factories.sign(one, cast.maya)
        factories.void(two, cast.maya)
    assert "left" not in Page(maya.get("/")).texts


def test_who_leaves_nothing_is_just_deactivated(cast, client_for):
    root = client_for(cast.root)
    answer = root.post(f"/people/{cast.jonas.id}/disable", follow_redirects=True)
    assert "They leave" not in Page(answer).text
