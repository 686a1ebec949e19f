"""An assistant's note reads "awaiting co-signature" until a therapist signs it too."""

import io

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from clinic_notes.charting import actions as charting
from clinic_notes.charting.models import Signature
from clinic_notes.charting.note.seals import broken_seals
from clinic_notes.clinical.findings import Refused
from clinic_notes.core.audit import AuditEntry
from clinic_notes.core.db import db
from tests import factories
from tests.cast import PASSWORD
from tests.html_page import Page

AWAITING = "awaiting co-signature"


@pytest.fixture
def awaiting(acting_as, cast):
    """Return a note that Sam, an assistant, has signed."""
    with acting_as(cast.maya):
        return factories.awaiting_note(cast.sam, cast.maya)


@pytest.fixture
def meanings(acting_as, cast):
    """Return what the signatures under a note mean, in their order."""

    def under(visit_id):
        with acting_as(cast.maya):
            found = select(Signature.meaning).where(Signature.visit_id == visit_id)
            return list(db.session.scalars(found.order_by(Signature.id)))

    return under


def cosign(client, address, **sent):
    page = Page(client.get(address))
    return Page(client.post(address, data=page.filled(**{"password": PASSWORD} | sent)))


def everywhere(visit_id, client_for, cast):
    """Return the text of each page and print on which a note stands, in lower case."""
    maya, sam, lena = (client_for(who) for who in (cast.maya, cast.sam, cast.lena))
    note = maya.get(f"/visits/{visit_id}")
    patient = Page(note).source.partition('href="/patients/')[2].partition('"')[0]
    pdf = PdfReader(io.BytesIO(maya.get(f"/visits/{visit_id}/note.pdf").data))
    return {
        "note": Page(note).text.lower(),
        "PDF": " ".join(page.extract_text() for page in pdf.pages).lower(),
        "Today of the author": Page(sam.get("/")).text.lower(),
        "sessions": Page(maya.get(f"/patients/{patient}")).text.lower(),
        "manager": Page(lena.get("/outcomes")).texts.get("cosignature", "").lower(),
    }


def test_it_reads_so_wherever_it_appears_until_it_is_cosigned(awaiting, client_for, cast, meanings):
    shown = everywhere(awaiting, client_for, cast)
    assert [place for place, text in shown.items() if AWAITING not in text] == []
    maya = client_for(cast.maya)
    today = Page(maya.get("/"))
    assert "Sam Oduya" in today.texts["to-cosign"]
    assert cosign(maya, f"/visits/{awaiting}/cosign").status == 303
    assert meanings(awaiting) == ["author, awaiting co-signature", "co-signature"]
    shown = everywhere(awaiting, client_for, cast)
    assert [place for place, text in shown.items() if AWAITING in text] == []
    assert "maya reyes, pt, dpt, co-signature, signed" in shown["note"]
    assert "co-signature, signed" in shown["PDF"]
    assert "to-cosign" not in Page(maya.get("/")).texts


def test_each_seal_is_in_the_trail_and_is_verified(awaiting, client_for, cast, acting_as):
    assert cosign(client_for(cast.maya), f"/visits/{awaiting}/cosign").status == 303
    with acting_as(cast.maya):
        assert list(broken_seals()) == []
        line = db.session.scalars(
            select(AuditEntry).where(AuditEntry.action == "visit.cosigned")
        ).one()
        digest = db.session.scalars(
            select(Signature.digest).where(Signature.signed_by_id == cast.maya.id)
            .where(Signature.visit_id == awaiting)
        ).one()  # fmt: skip
        assert digest in line.facts
        assert (line.actor_id, line.subject) == (cast.maya.id, f"visit:{awaiting}")


def test_several_are_cosigned_with_one_password_those_that_are_ticked(
    acting_as, cast, client_for, meanings
):
    with acting_as(cast.maya):
        notes = [factories.awaiting_note(cast.sam, cast.maya) for _ in range(3)]
    jonas = client_for(cast.jonas)
    page = Page(jonas.get("/co-signatures"))
    assert page.text.count("Sam Oduya, PTA, author, awaiting co-signature") == 3
    ticked = [f"{notes[0]}-0", f"{notes[2]}-0"]
    data = {"once": page.sent["once"], "password": PASSWORD, "notes": ticked}
    assert jonas.post("/co-signatures", data=data).status_code == 303
    assert [len(meanings(number)) for number in notes] == [2, 1, 2]


@pytest.mark.parametrize(
    ("sent", "status", "words"),
    [
        pytest.param({"password": "a guess"}, 422, "not your password", id="a wrong password"),
        pytest.param({"password": ""}, 422, "password", id="no password"),
        pytest.param({"notes": "x"}, 422, "Nothing was signed", id="no note"),
    ],
)
def test_what_signs_nothing(awaiting, client_for, cast, meanings, sent, status, words):
    page = cosign(client_for(cast.maya), f"/visits/{awaiting}/cosign", **sent)
    assert page.status == status
    assert words in page.summary()["password"]
    assert len(meanings(awaiting)) == 1


def test_what_was_added_meanwhile_is_read_before_it_is_cosigned(
    awaiting, client_for, cast, meanings, acting_as
):
    maya, address = client_for(cast.maya), f"/visits/{awaiting}/cosign"
    opened = Page(maya.get(address)).filled(password=PASSWORD)
    with acting_as(cast.sam):
        factories.amend(awaiting, cast.sam, "It was the right calf.")
    page = Page(maya.post(address, data=opened))
    assert page.status == 409
    assert "It was the right calf." in page.text
    assert len(meanings(awaiting)) == 1
    assert cosign(maya, address).status == 303


def test_a_returned_note_is_answered_with_an_addendum(
    awaiting, client_for, cast, acting_as, meanings
):
    maya, sam = client_for(cast.maya), client_for(cast.sam)
    address = f"/visits/{awaiting}/return"
    assert Page(maya.post(address, data={"comment": " "})).status == 422
    page = Page(maya.get(address)).filled(comment="Which side was it?")
    assert maya.post(address, data=page).status_code == 303
    assert "Which side was it?" in Page(sam.get("/")).texts["returned"]
    assert "Which side was it?" in Page(sam.get(f"/visits/{awaiting}")).text
    # Until it is answered it is not among those that are co-signed in one go.
    assert f'value="{awaiting}-0"' not in Page(maya.get("/co-signatures")).source
    with acting_as(cast.sam):
        factories.amend(awaiting, cast.sam, "The left one.")
    assert "returned" not in Page(sam.get("/")).texts
    assert cosign(maya, f"/visits/{awaiting}/cosign").status == 303
    assert len(meanings(awaiting)) == 2


def test_an_assistant_cosigns_nothing(awaiting, client_for, cast, meanings):
    sam = client_for(cast.sam)
    for address in (f"/visits/{awaiting}/cosign", "/co-signatures", f"/visits/{awaiting}/return"):
        sent = {"password": PASSWORD, "notes": f"{awaiting}-0", "comment": "Mine."}
        assert sam.post(address, data=sent).status_code == 403
    assert len(meanings(awaiting)) == 1


def test_a_note_is_cosigned_once(awaiting, acting_as, cast, meanings):
    with acting_as(cast.maya):
        charting.cosign(factories.loaded(awaiting), addenda=0, by=cast.maya)
    with acting_as(cast.jonas), pytest.raises(Refused):
        charting.cosign(factories.loaded(awaiting), addenda=0, by=cast.jonas)
    with acting_as(cast.jonas), pytest.raises(Refused):
        charting.return_to_author(factories.loaded(awaiting), "Too late.", by=cast.jonas)
    assert len(meanings(awaiting)) == 2


def test_an_assistant_never_seals_a_therapists_draft(acting_as, cast, client_for, meanings):
    with acting_as(cast.maya):
        draft = factories.open_visit(cast.maya).id
    sam, address = client_for(cast.sam), f"/visits/{draft}/sign"
    page = Page(sam.get(address))
    assert "An assistant signs only the notes they wrote" in page.text
    assert "password" not in page.fields
    sent = {"password": PASSWORD, "version": "1"}
    assert sam.post(address, data=sent).status_code == 422
    assert meanings(draft) == []


def test_an_evaluation_of_an_assistant_is_signed_by_a_therapist(
    acting_as, cast, client_for, meanings
):
    with acting_as(cast.sam):
        draft = factories.open_visit(cast.sam).id
    address = f"/visits/{draft}/sign"
    assert "is its evaluation: a therapist signs it" in Page(client_for(cast.sam).get(address)).text
    with acting_as(cast.sam), pytest.raises(Refused):
        factories.sign(draft, cast.sam)
    with acting_as(cast.maya):
        factories.sign(draft, cast.maya)
    assert meanings(draft) == ["for the author"]
