"""When informed consent is asked for, and a guardian's: who gave it, to what, when."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from clinic_notes.clinical.drafts import Site, VisitDraft
from clinic_notes.clinical.findings import Level
from clinic_notes.clinical.screening.consent import (
    PriorConsent,
    consent_in_words,
    consent_needed,
    guardian_in_words,
    guardian_needed,
)
from clinic_notes.reference.terms import ConsentBy, Decision, Side
from tests.drafts import LEFT_CALF, RIGHT_CALF, calf_use

TODAY = date(2026, 3, 11)
CALF = VisitDraft(served_on=TODAY, uses=(calf_use(),))
SWEEP = frozenset({"sweep"})


def given(on: date, *sites: Site, strokes: frozenset[str] = SWEEP) -> PriorConsent:
    return PriorConsent(on, sites or (LEFT_CALF,), strokes)


@pytest.mark.parametrize(
    ("earlier", "changes", "asked"),
    [
        pytest.param((), {}, "no informed consent is on record yet", id="first session"),
        pytest.param((given(date(2026, 3, 4)),), {}, "", id="a week ago, the same"),
        pytest.param((given(TODAY),), {}, "", id="this morning, the same"),
        pytest.param((given(date(2026, 2, 9)),), {}, "", id="30 days ago"),
        pytest.param(
            (given(date(2026, 1, 5)), given(date(2026, 2, 8))), {},
            "informed consent was last given on 8 Feb 2026", id="31 days ago",
        ),
        pytest.param(
            (given(date(2026, 3, 4), RIGHT_CALF),), {},
            "informed consent was not given to the left calf", id="the other side",
        ),
        pytest.param(
            (given(date(2026, 3, 4), Site("calf", Side.BILATERAL)),), {}, "", id="both sides then"
        ),
        pytest.param(
            (given(date(2026, 3, 4), strokes=frozenset({"fan"})),), {},
            "informed consent was not given to the stroke sweep", id="another stroke",
        ),
        pytest.param(
            (given(date(2026, 3, 4), strokes=frozenset({"fan"})), given(date(2026, 3, 6))), {}, "",
            id="each of two sessions counts",
        ),
        pytest.param(
            (given(date(2026, 3, 4), RIGHT_CALF, strokes=frozenset()),), {},
            "informed consent was not given to the left calf and the stroke sweep",
            id="place and stroke",
        ),
        pytest.param((given(date(2026, 3, 12)),), {}, "no informed consent is on record yet",
                     id="only in a later session"),
        pytest.param((given(date(2026, 3, 4)),), {"uses": ()}, "", id="nothing chosen yet"),
        pytest.param(
            (given(date(2026, 3, 4)),), {"uses": (calf_use(stroke=""),)}, "", id="no stroke yet"
        ),
        pytest.param((), {"consent_by": ConsentBy.PATIENT}, "", id="given today"),
        pytest.param((), {"decision": Decision.NOT_TREATED}, "", id="not treated"),
    ],
)  # fmt: skip
def test_when_informed_consent_is_asked_for(
    earlier: tuple[PriorConsent, ...], changes: dict[str, Any], asked: str
) -> None:
    found = consent_needed(replace(CALF, **changes), earlier)
    assert [f.message for f in found] == [f"Ask the patient: {asked}."] * bool(asked)
    assert {(f.level, f.about) for f in found} <= {(Level.CAUTION, "consent_by")}


CHILD = date(2010, 5, 2)


@pytest.mark.parametrize(
    ("born_on", "guardian", "consented_on", "is_asked"),
    [
        pytest.param(CHILD, "", None, True, id="15, nobody consented"),
        pytest.param(CHILD, "Ana Delgado, mother", date(2026, 3, 11), False, id="mother today"),
        pytest.param(CHILD, "Ana Delgado, mother", date(2026, 3, 12), True, id="only afterwards"),
        pytest.param(CHILD, "Ana Delgado, mother", None, True, id="no day"),
        pytest.param(CHILD, "  ", date(2026, 3, 1), True, id="nobody named"),
        pytest.param(date(2008, 3, 12), "", None, True, id="18 tomorrow"),
        pytest.param(date(2008, 3, 11), "", None, False, id="18 today"),
    ],
)
def test_a_minor_is_treated_with_a_guardians_consent(
    born_on: date, guardian: str, consented_on: date | None, is_asked: bool
) -> None:
    found = guardian_needed(CALF, born_on, guardian, consented_on)
    assert [(f.level, f.about) for f in found] == [(Level.REFUSE, "consent_by")] * is_asked
    not_treated = replace(CALF, decision=Decision.NOT_TREATED)
    assert guardian_needed(not_treated, born_on, guardian, consented_on) == ()


def test_what_is_asked_of_a_minor_names_the_way_out() -> None:
    (found,) = guardian_needed(CALF, CHILD, "", None)
    assert found.message == (
        "The patient is under 18: record on the patient's page which guardian consented, and on "
        "which day."
    )


def test_the_note_names_a_minors_guardian_and_no_adults() -> None:
    ana = ("Ana Delgado", date(2026, 3, 2))
    assert guardian_in_words(*ana, CHILD, TODAY) == "Ana Delgado, 2 Mar 2026"
    assert guardian_in_words(*ana, date(1979, 1, 1), TODAY) == ""
    assert guardian_in_words(*ana, date(2008, 3, 11), TODAY) == ""
    assert guardian_in_words("", ana[1], CHILD, TODAY) == ""
    assert guardian_in_words("Ana", None, CHILD, TODAY) == ""


def test_consent_is_a_positive_statement_by_whom_when_and_about_what() -> None:
    uses = (calf_use(), calf_use(stroke="fan"), calf_use(side=Side.RIGHT, stroke=""))
    draft = replace(
        CALF, uses=uses, consent_by=ConsentBy.GUARDIAN, consent_about="bruises, soreness. "
    )
    assert consent_in_words(draft) == (
        "informed consent given by the guardian on 11 Mar 2026 to treatment of the left calf and "
        "right calf (sweep and fan), explained: bruises, soreness"
    )
    assert consent_in_words(CALF) == ""
    for by in ("patient", "representative"):
        words = consent_in_words(replace(CALF, uses=(), consent_by=ConsentBy(by)))
        assert words == f"informed consent given by the {by} on 11 Mar 2026"
    bare = replace(CALF, uses=(), consent_by=ConsentBy.PATIENT)
    assert consent_in_words(bare) == "informed consent given by the patient on 11 Mar 2026"
