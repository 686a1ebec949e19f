"""A report as PDF: its words, its trends drawn and described, who signed, whose sheet it is."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from clinic_notes.charting.report.queries import known_report
from clinic_notes.clinical.drafts import PainDraft
from clinic_notes.clinical.reports import KINDS, ReportKind, Trend, TrendPoint
from clinic_notes.core import audit
from clinic_notes.core.db import db
from clinic_notes.documents.trend_chart import BOTTOM, TOP, trend_chart
from clinic_notes.patients.models import Episode
from tests import factories
from tests.clinical.reports.records import march
from tests.documents.conftest import descriptions, structure, text_of, words
from tests.drafts import measured, treated_draft, yesterday

A4, LETTER = (595, 842), (612, 792)


@pytest.fixture
def episode_id(acting_as, cast) -> int:
    """An episode with two sessions; pain with stairs went from 8 to 3, its goal is 2."""
    with acting_as(cast.maya):
        patient = factories.make_patient(cast.maya, conditions=())
        episode = factories.make_episode(patient, cast.maya)
        factories.make_goal(
            episode,
            cast.maya,
            measure="pain:movement",
            detail="stairs",
            start=Decimal(8),
            target=Decimal(2),
        )
        tool = factories.make_instrument(cast.maya).id
        for days_ago, pain in ((7, 8), (0, 3)):
            now = PainDraft("now", before=measured(3), after=measured(2))
            stairs = PainDraft("movement", "stairs", before=measured(pain))
            day = yesterday() - timedelta(days=days_ago)
            draft = treated_draft(tool, served_on=day, pains=(now, stairs))
            factories.record_visit(patient.id, episode.id, draft, by=cast.maya)
        return episode.id


@pytest.fixture
def make(acting_as, cast, episode_id):
    """Write a report about it, signed unless said otherwise; return its address."""

    def made(
        kind: ReportKind = ReportKind.PROGRESS_REPORT, *, is_signed: bool = True, **changes: Any
    ) -> str:
        with acting_as(cast.maya):
            number = factories.make_report(episode_id, cast.maya, kind, **changes).id
            if is_signed:
                factories.sign_report(number, cast.maya)
        return f"/reports/{number}/report.pdf"

    return made


def test_everything_it_says_is_in_the_pdf(make, read_pdf, acting_as, cast):
    address = make()
    with acting_as(cast.maya):
        digest = known_report(int(address.split("/")[2])).digest
    shown = text_of(read_pdf(address))
    for text in factories.REPORT_TEXTS.values():
        assert words(text) in shown
    for said in (
        "Progress report", "Rosa Delgado", "14 Mar 1979", "Calf tightness, left", "Skilled need",
        "Maya Reyes, PT, DPT, licence PT 12345, author, signed", digest,
    ):  # fmt: skip
        assert words(said) in shown, said
    assert "DRAFT" not in shown


def test_it_is_read_in_the_order_of_its_parts(make, read_pdf):
    shown = text_of(read_pdf(make()))
    parts = KINDS[ReportKind.PROGRESS_REPORT].parts
    written = [words(part.title) for part in parts if part.name in factories.REPORT_TEXTS]
    ordered = ["RosaDelgado", *written, words("Maya Reyes, PT, DPT, licence")]
    places = [shown.index(title) for title in ordered]
    assert places == sorted(places)


def test_every_sheet_says_whose_it_is_and_which_of_how_many(make, read_pdf):
    pdf = read_pdf(make(plan="Stretch the calf twice a day, slowly.\n" * 90))
    assert len(pdf.pages) > 1
    for number, page in enumerate(pdf.pages, start=1):
        foot = words(page.extract_text())
        assert "RosaDelgado·born14Mar1979" in foot
        assert f"Page{number}of{len(pdf.pages)}" in foot


def test_a_draft_says_so_on_every_sheet(make, read_pdf):
    pdf = read_pdf(make(is_signed=False))
    assert all("DRAFT,notsigned" in words(page.extract_text()) for page in pdf.pages)


def test_the_trends_are_drawn_and_described_with_every_number(make, read_pdf):
    pdf = read_pdf(make())
    first, last = yesterday() - timedelta(days=7), yesterday()
    said = descriptions(pdf)
    [stairs] = [text for text in said if "stairs" in text]
    assert f"8 on {first.day} {first:%b %Y}, 3 on {last.day} {last:%b %Y}; goal 2." in stairs
    kinds = {str(element.get("/S", "")) for element in structure(pdf)}
    assert {"/H1", "/H2", "/Figure"} <= kinds
    assert pdf.root_object["/MarkInfo"]["/Marked"]


def test_a_plan_of_care_has_a_line_for_the_physician_and_a_letter_its_recipient(
    make, read_pdf, acting_as, cast, episode_id
):
    plan = {"treatment": "IASTM and exercise.", "frequency": "Twice a week for 6 weeks."}
    shown = text_of(read_pdf(make(ReportKind.PLAN_OF_CARE, **plan)))
    assert words("Physician, name and credentials: I certify the need") in shown
    with acting_as(cast.maya):
        db.session.get_one(Episode, episode_id).certified_by = "Dr. Ana Ott"
        audit.record("episode.revised", "episode", by=cast.maya)
    shown = text_of(read_pdf(make(ReportKind.PLAN_OF_CARE, **plan)))
    assert words("Dr. Ana Ott: I certify the need") in shown
    letter = {"recipient": "Dr. Bo Lind\n12 Main Street", "reason": "Rule out a thrombosis."}
    shown = text_of(read_pdf(make(ReportKind.REFERRAL_LETTER, **letter)))
    assert words("Dr. Bo Lind 12 Main Street") in shown
    assert words("I certify") not in shown


def test_a_corrected_report_says_so_and_stays_as_it_was(make, read_pdf, acting_as, cast):
    first = make()
    with acting_as(cast.maya):
        was = known_report(int(first.split("/")[2]))
    second = make(corrects=was, plan="Three times a week.")
    assert words("Corrected by the report signed") in text_of(read_pdf(first))
    assert words("Three times a week") not in text_of(read_pdf(first))
    assert words("Corrects: Progress report until") in text_of(read_pdf(second))


@pytest.mark.parametrize(
    ("query", "size"), [("", A4), ("?paper=a4", A4), ("?paper=letter", LETTER)]
)
def test_the_paper_is_the_clinics_unless_another_is_asked_for(make, read_pdf, query, size):
    box = read_pdf(f"{make()}{query}").pages[0].mediabox
    assert (round(box.width), round(box.height)) == size


def test_the_name_of_the_file_says_nothing_about_the_patient(make, maya):
    address = make(ReportKind.DISCHARGE_SUMMARY, reason="Goals met.")
    name = f"discharge-summary-{address.split('/')[2]}.pdf"
    answer = maya.get(address)
    assert answer.headers["Content-Disposition"] == f'inline; filename="{name}"'


def test_another_clinics_report_is_not_found(make, client_for, cast):
    assert client_for(cast.stranger).get(make()).status_code == 404


def points(*numbers: int) -> tuple[TrendPoint, ...]:
    return tuple(
        TrendPoint(march(4 + 7 * nth), Decimal(number)) for nth, number in enumerate(numbers)
    )


@pytest.mark.parametrize(
    ("numbers", "target", "low"), [((8, 3), 2, "0"), ((0, 0), None, "0"), ((-5, 5), 10, "\u22125")]
)
def test_a_trend_stays_within_its_frame(numbers, target, low):
    goal = None if target is None else Decimal(target)
    chart = trend_chart(Trend("Pain", "", points(*numbers), goal))
    assert all(TOP <= dot.y <= BOTTOM for dot in chart.dots)
    assert [dot.label for dot in chart.dots] == [str(n).replace("-", "\u2212") for n in numbers]
    assert chart.low == low
    assert (chart.goal_y is None) is (target is None)


def test_a_higher_number_is_drawn_higher():
    first, last = trend_chart(Trend("Pain", "", points(8, 3))).dots
    assert first.y < last.y
