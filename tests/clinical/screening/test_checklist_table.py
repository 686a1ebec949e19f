"""Every checklist item x answer x site x reason, against the table of clinical.md 4.1 to 4.3.

The table is written here by hand from the reference, not read from the catalogue.
"""

from datetime import date

import pytest

from clinic_notes.clinical.drafts import AnswerDraft, Site
from clinic_notes.clinical.findings import Level
from clinic_notes.clinical.screening import Clearance, Verdict, clearance, is_affected, items_due
from clinic_notes.reference.contraindications import checklist
from clinic_notes.reference.terms import Answer, Mitigation, Pressure, Side
from tests.drafts import LEFT_CALF, LEFT_FOOT, RIGHT_CALF, earlier, no

TODAY = date(2026, 3, 4)

TABLE = """\
red_flag_weight_loss absolute session E
red_flag_night_pain absolute session E
red_flag_saddle_bladder_bowel absolute session E
red_flag_fever_back_pain absolute session E
red_flag_calf_breathless absolute session E
contagious_skin absolute session E
fever_systemic_infection absolute session E
dvt_or_suspected absolute session E
hypertension_uncontrolled absolute session E
cauda_equina_red_flag absolute session E
unable_to_consent_or_intolerant absolute session E
bleeding_disorder absolute session F
acute_cardiac absolute session F
open_wound absolute region E
unhealed_incision absolute region E
sutures_staples absolute region E
skin_infection absolute region E
inflammatory_skin absolute region E
sunburn absolute region E
acute_trauma_rupture absolute region E
hematoma absolute region E
ecchymosis_effusion absolute region E
osteomyelitis absolute region F
fracture_unstable absolute region F
thrombophlebitis absolute region F
myositis_ossificans absolute region F
malignancy_local absolute region F
anticoagulant relative session E
pregnancy relative session E
cancer_history relative session F
long_term_steroids relative session F
osteoporosis relative session F
autoimmune_ctd relative session F
diabetes relative session F
central_sensitisation relative session F
kidney_liver_dysfunction relative session F
acute_inflammation relative region E
corticosteroid_injection relative region E
acute_nerve_compression relative region E
recent_body_art relative region F
fracture_healing relative region F
stress_fracture_suspected relative region F
lymphedema relative region F
varicose_veins relative region F
burn_scar relative region F
fragile_skin relative region F
ra_active relative region F
neuropathy_sensation_loss relative region F
crps relative region F
cervical_artery absolute session E
recent_scar relative region E
radiotherapy relative region F
arterial_disease relative region F
fluoroquinolone relative session F
pacemaker_pump_implant relative region F
"""
"""Key, severity, scope; E: asked every session, F: on the first visit and at review."""

ROWS = [tuple(line.split()) for line in TABLE.splitlines()]
EVERY_ITEM = [key for key, *_ in ROWS]
ASKED_WITH_ANOTHER = {
    "red_flag_saddle_bladder_bowel": "cauda_equina_red_flag",
    "red_flag_fever_back_pain": "fever_systemic_infection",
    "red_flag_calf_breathless": "dvt_or_suspected",
}
"""Questions that another one asks as well, and counts for."""
ASKED = [key for key in EVERY_ITEM if key not in ASKED_WITH_ANOTHER]
ASKED_BEFORE_THE_NECK = {"cervical_artery"}


def items(severity: str, scope: str) -> set[str]:
    return {row[0] for row in ROWS if row[1:3] == (severity, scope)}


STOPS_THE_SESSION = items("absolute", "session")
BLOCKS_THE_REGION = items("absolute", "region")
NEEDS_A_REASON = items("relative", "session")
ASKED_AT_REVIEW = {row[0] for row in ROWS if row[3] == "F"}
REACHES_NEIGHBOURS = {"fracture_unstable", "malignancy_local", "corticosteroid_injection"}
REACHES_THE_LIMB = {"lymphedema", "arterial_disease"}
BLOCKS_UNTIL_DATED = {"corticosteroid_injection"}
"""Counts as given today, and so blocks, until its date is written."""
BLOCKS_UNTIL_WRITTEN = {"recent_scar"}
"""Blocks until it is written who found it closed."""
MODERATE = dict.fromkeys(
    ("anticoagulant", "long_term_steroids", "autoimmune_ctd", "osteoporosis", "pregnancy"),
    Pressure.MODERATE,
)
CAPS_THE_SESSION = MODERATE | {"central_sensitisation": Pressure.LIGHT}
CAPS_THE_SITE = {
    "fragile_skin": Pressure.MODERATE,
    "neuropathy_sensation_loss": Pressure.LIGHT,
    "crps": Pressure.LIGHT,
    "fracture_healing": Pressure.LIGHT,
    "lymphedema": Pressure.LIGHT,
    "arterial_disease": Pressure.LIGHT,
    "recent_scar": Pressure.LIGHT,
    "corticosteroid_injection": Pressure.LIGHT,
    "radiotherapy": Pressure.LIGHT,
}
"""Caps of issue "the safety check stops what a careful clinician would stop", by hand."""

FLAGGED = {
    "the same site": LEFT_CALF,
    "both sides": Site("calf", Side.BILATERAL),
    "the midline": Site("calf", Side.MIDLINE),
    "the other side": RIGHT_CALF,
    "a neighbouring region": Site("achilles", Side.LEFT),
    "a neighbouring region of the other side": Site("achilles", Side.RIGHT),
    "another region of that limb": Site("hamstring", Side.LEFT),
    "somewhere else": Site("forearm", Side.LEFT),
    "no site given": None,
}
NECK = Site("cervical_ant", Side.LEFT)
SAME_SKIN = {"the same site", "both sides", "the midline", "no site given"}


def screened(answer: AnswerDraft) -> Clearance:
    return clearance((answer,), about=(LEFT_CALF,), due={answer.item}, on=TODAY)


def is_reached(item: str, where: str) -> bool:
    if where == "a neighbouring region":
        return item in REACHES_NEIGHBOURS | REACHES_THE_LIMB
    if where == "another region of that limb":
        return item in REACHES_THE_LIMB
    return where in SAME_SKIN


def expected_cap(item: str, where: str) -> Pressure | None:
    if item in CAPS_THE_SESSION:
        return CAPS_THE_SESSION[item]
    is_next = where == "a neighbouring region" and item == "fracture_healing"
    return CAPS_THE_SITE.get(item) if is_reached(item, where) or is_next else None


def expected_for_yes(item: str, where: str, *, is_reasoned: bool) -> Verdict:
    applies = is_reached(item, where)
    if item in BLOCKS_UNTIL_DATED:
        return Verdict.REGIONS_BLOCKED if applies else Verdict.CLEAR
    if item in STOPS_THE_SESSION:
        return Verdict.STOP
    if item in BLOCKS_THE_REGION:
        return Verdict.REGIONS_BLOCKED if applies else Verdict.CLEAR
    if item in BLOCKS_UNTIL_WRITTEN and applies and not is_reasoned:
        return Verdict.REGIONS_BLOCKED
    if is_reasoned or not (item in NEEDS_A_REASON or applies):
        return Verdict.CLEAR
    return Verdict.REASONS_NEEDED


def test_the_table_holds_the_whole_checklist_once() -> None:
    assert sorted(EVERY_ITEM) == sorted(entry.key for entry in checklist)


@pytest.mark.parametrize("is_reasoned", [False, True], ids=["without a reason", "with a reason"])
@pytest.mark.parametrize("where", FLAGGED)
@pytest.mark.parametrize("item", EVERY_ITEM)
def test_a_yes_about(item: str, where: str, is_reasoned: bool) -> None:
    flagged = FLAGGED[where]
    answer = AnswerDraft(
        item,
        Answer.YES,
        () if flagged is None else (flagged,),
        detail="light touch felt, 20 weeks" if is_reasoned else "",
        reason="seen and sound" if is_reasoned else "",
        mitigation=Mitigation.SHORTEN if is_reasoned else None,
    )

    given = screened(answer)

    assert given.verdict is expected_for_yes(item, where, is_reasoned=is_reasoned)
    blocked = (LEFT_CALF,) if given.verdict is Verdict.REGIONS_BLOCKED else ()
    assert tuple(site for site, _ in given.blocked) == blocked
    cap = given.cap_at(LEFT_CALF)
    assert (cap.pressure if cap else None) is expected_cap(item, where)


@pytest.mark.parametrize("item", EVERY_ITEM)
def test_a_no_clears(item: str) -> None:
    given = screened(AnswerDraft(item, Answer.NO))
    assert (given.verdict, given.findings, given.blocked) == (Verdict.CLEAR, (), ())


@pytest.mark.parametrize("is_on_the_form", [True, False], ids=["left open", "not on the form"])
@pytest.mark.parametrize("item", ASKED)
def test_not_asked_never_passes_as_no(item: str, is_on_the_form: bool) -> None:
    answers = (AnswerDraft(item, Answer.NOT_ASKED),) if is_on_the_form else ()

    given = clearance(answers, about=(LEFT_CALF,), due={item}, on=TODAY)

    assert given.verdict is Verdict.INCOMPLETE
    assert given.not_asked == (item,)
    (finding,) = given.findings
    assert "not asked" in finding.message
    assert finding.about == f"answers-{item}-answer"
    weight = Level.REFUSE
    if item in STOPS_THE_SESSION:
        weight = Level.STOP
    elif item in BLOCKS_THE_REGION:
        weight = Level.BLOCK
    assert finding.level is weight
    assert [site for site, _ in given.blocked] == [LEFT_CALF] * (item in BLOCKS_THE_REGION)


@pytest.mark.parametrize("item", EVERY_ITEM)
def test_how_often_it_is_asked(item: str) -> None:
    is_asked_each_time = item not in ASKED_AT_REVIEW
    assert checklist[item].every_session is is_asked_each_time


def test_with_nothing_said_about_what_is_due_all_of_it_is() -> None:
    given = clearance((), about=(LEFT_CALF,), on=TODAY)
    assert set(given.not_asked) == set(ASKED)
    assert given.verdict is Verdict.INCOMPLETE


def test_on_the_first_visit_everything_is_due() -> None:
    assert set(items_due((), (LEFT_CALF,), TODAY)) == {*ASKED} - ASKED_BEFORE_THE_NECK
    assert set(items_due((), (NECK,), TODAY)) == {*ASKED}


@pytest.mark.parametrize(("other", "asked"), ASKED_WITH_ANOTHER.items())
def test_a_yes_to_one_of_two_questions_that_ask_the_same_is_one_to_both(
    other: str, asked: str
) -> None:
    answers = (AnswerDraft(other, Answer.YES), AnswerDraft(asked, Answer.NO))
    given = clearance(answers, about=(LEFT_CALF,), due={asked}, on=TODAY)
    assert (given.verdict, given.not_asked) == (Verdict.STOP, ())
    assert [finding.item for finding in given.findings] == [asked]


@pytest.mark.parametrize(("other", "asked"), ASKED_WITH_ANOTHER.items())
def test_a_no_to_the_narrower_question_does_not_answer_the_other(other: str, asked: str) -> None:
    given = clearance(no(other), about=(LEFT_CALF,), due={asked}, on=TODAY)
    assert given.not_asked == (asked,)


@pytest.mark.parametrize(("other", "asked"), ASKED_WITH_ANOTHER.items())
def test_a_yes_of_an_earlier_session_counts_for_the_question_asked_today(
    other: str, asked: str
) -> None:
    earlier_yes = earlier(other, Answer.YES, date(2026, 3, 1), LEFT_CALF)
    before = clearance((), about=(LEFT_CALF,), history=(earlier_yes,), due=(), on=TODAY)
    after = clearance(no(asked), about=(LEFT_CALF,), history=(earlier_yes,), due=(), on=TODAY)
    assert (before.verdict, after.verdict) == (Verdict.STOP, Verdict.CLEAR)


@pytest.mark.parametrize(
    ("treated", "is_reached"),
    [
        pytest.param(LEFT_CALF, True, id="the site itself"),
        pytest.param(LEFT_FOOT, True, id="the foot of that leg"),
        pytest.param(Site("hip_flexor", Side.BILATERAL), True, id="both groins"),
        pytest.param(RIGHT_CALF, False, id="the other leg"),
        pytest.param(Site("forearm", Side.LEFT), False, id="the arm of that side"),
        pytest.param(Site("lumbar", Side.LEFT), False, id="the low back, no part of the leg"),
    ],
)
def test_a_clot_speaks_of_the_whole_limb(treated: Site, is_reached: bool) -> None:
    assert is_affected(checklist["dvt_or_suspected"], LEFT_CALF, treated) is is_reached
