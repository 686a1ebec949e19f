"""A session note as PDF holds everything that the note says, on sheets that say whose it is."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest

from clinic_notes.accounts.models import Clinic
from clinic_notes.clinical.drafts import VisitDraft
from clinic_notes.core.db import db
from clinic_notes.documents.note import BROKEN, note_document
from tests import factories
from tests.documents.conftest import descriptions, structure, text_of, words
from tests.drafts import treated_draft
from tests.full_session import full_draft

A4, LETTER = (595, 842), (612, 792)


@pytest.fixture
def whole_session(record, cast) -> int:
    """A session with some of everything; its id."""
    return record(draft=lambda tool, product: full_draft(tool, product, cast.maya.id))


def texts(value: Any) -> Iterator[str]:
    """Yield every text inside a dataclass or tuple."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        yield from texts(tuple(getattr(value, field.name) for field in fields(value)))
    elif isinstance(value, tuple | list):
        for part in value:
            yield from texts(part)


def test_everything_the_note_says_is_in_the_pdf(whole_session, read_pdf, note_page):
    note = note_page(whole_session).note
    # The line of a pair is its before and after, which stand in columns of their own.
    pairs = tuple(replace(row, line="") for _, rows in note.pairs for row in rows)
    shown = text_of(read_pdf(f"/visits/{whole_session}/note.pdf"))
    said = [*texts(replace(note, pairs=())), *texts(pairs)]
    assert len(said) > 150
    assert [text for text in said if words(text) not in shown] == []


def test_every_sheet_says_whose_it_is_and_which_of_how_many(whole_session, read_pdf):
    pdf = read_pdf(f"/visits/{whole_session}/note.pdf")
    assert len(pdf.pages) > 1
    for number, page in enumerate(pdf.pages, start=1):
        foot = words(page.extract_text())
        assert "RosaDelgado·born14Mar1979" in foot
        assert f"Page{number}of{len(pdf.pages)}" in foot


def test_a_routine_note_is_one_sheet(record, read_pdf):
    assert len(read_pdf(f"/visits/{record()}/note.pdf").pages) == 1


def test_a_signed_note_says_who_signed_as_what_and_with_which_fingerprint(
    record, read_pdf, note_page
):
    visit_id = record()
    [signature] = note_page(visit_id).signatures
    shown = text_of(read_pdf(f"/visits/{visit_id}/note.pdf"))
    assert words(f"{signature.printed_name}, author, signed") in shown
    assert signature.digest in shown
    assert "DRAFT" not in shown


def test_a_draft_says_so_on_every_sheet(record, read_pdf, cast):
    visit_id = record(
        is_signed=False, draft=lambda tool, product: full_draft(tool, product, cast.maya.id)
    )
    pdf = read_pdf(f"/visits/{visit_id}/note.pdf")
    assert all("DRAFT,notsigned" in words(page.extract_text()) for page in pdf.pages)


def test_what_was_added_is_announced_first_and_stands_at_the_end(record, read_pdf, acting_as, cast):
    visit_id = record()
    with acting_as(cast.maya):
        factories.amend(visit_id, cast.maya, "Bruise at the calf, reported by telephone.")
    shown = text_of(read_pdf(f"/visits/{visit_id}/note.pdf"))
    announced, added = words("Added to after it was signed"), words("Bruise at the calf")
    assert shown.index(announced) < shown.index("Summary") < shown.index(added)


def test_a_note_whose_seal_is_broken_says_so_first(record, note_page, cast):
    page = replace(note_page(record()), is_whole=False)
    clinic = db.session.get_one(Clinic, cast.maya.clinic_id)
    assert note_document(page, clinic).notices[0] == BROKEN


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("#panic(1) $x$ *bold* <a> @b // c \\", "#panic(1)$x$*bold*<a>@b//c\\"),
        ("A\u011fr\u0131 3 \u2192 1, \u0152d\u00e8me", "A\u011fr\u01313\u21921,\u0152d\u00e8me"),
        # What no font has letters for is drawn as boxes, and the rest still stands.
        ("Pain \u4e2d\u6587 and \U0001f9b5 better", "better"),
        ("first line\n\nthird line", "firstlinethirdline"),
    ],
)
def test_text_is_printed_as_it_was_written(record, read_pdf, written, printed):
    def draft(tool: int, product: int) -> VisitDraft:
        return treated_draft(tool, product, plan=written)

    assert printed in text_of(read_pdf(f"/visits/{record(draft=draft)}/note.pdf"))


@pytest.mark.parametrize(
    ("zone", "query", "size"),
    [
        ("Europe/Berlin", "", A4),
        ("America/New_York", "", LETTER),
        ("America/New_York", "?paper=a4", A4),
        ("Europe/Berlin", "?paper=letter", LETTER),
        ("Europe/Berlin", "?paper=papyrus", A4),
    ],
)
def test_the_paper_is_the_clinics_unless_another_is_asked_for(
    record, read_pdf, acting_as, cast, zone, query, size
):
    visit_id = record()
    with acting_as(cast.maya):
        db.session.get_one(Clinic, cast.maya.clinic_id).time_zone = zone
    box = read_pdf(f"/visits/{visit_id}/note.pdf{query}").pages[0].mediabox
    assert (round(box.width), round(box.height)) == size


def test_the_pdf_is_tagged_in_english_and_its_table_and_map_are_named(record, read_pdf):
    pdf = read_pdf(f"/visits/{record()}/note.pdf")
    assert pdf.root_object["/MarkInfo"]["/Marked"]
    assert str(pdf.root_object["/Lang"]).startswith("en")
    kinds = {str(element.get("/S", "")) for element in structure(pdf)}
    assert {"/H1", "/H2", "/Table", "/TH", "/Figure"} <= kinds
    starts = "Body map, front and back. Treated: 1 "
    assert any(text.startswith(starts) for text in descriptions(pdf))


def test_the_name_of_the_file_says_nothing_about_the_patient(record, maya):
    visit_id = record()
    answer = maya.get(f"/visits/{visit_id}/note.pdf")
    assert (
        answer.headers["Content-Disposition"] == f'inline; filename="session-note-{visit_id}.pdf"'
    )
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_note_leads_to_its_pdf(record, maya):
    visit_id = record()
    assert f'href="/visits/{visit_id}/note.pdf"' in maya.get(f"/visits/{visit_id}").text
