"""A situation of the clinic: who is treated where, how and with what, and what must come of it.

Every case is a whole session that could be signed but for what it says. Unless it says otherwise,
an adult's left calf is swept firmly, and every question of the day is answered no.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pytest

from clinic_notes.clinical.drafts import AnswerDraft, LubricantContents, Site, VisitDraft
from clinic_notes.clinical.findings import refusals
from clinic_notes.clinical.lubricants import (
    lubricant_clash,
    metal_clash,
    unasked_metal,
    unasked_product,
)
from clinic_notes.clinical.screening import (
    Clearance,
    PriorAnswer,
    Verdict,
    clearance,
    items_due,
    loaded_sites,
)
from clinic_notes.clinical.screening.consent import guardian_needed
from clinic_notes.clinical.screening.pressure_caps import caps_for_age, lowest_cap
from clinic_notes.clinical.signing import forbidden, missing
from clinic_notes.clinical.visit_checks import check_visit
from clinic_notes.reference.contraindications import questions
from clinic_notes.reference.terms import Answer, Decision, Mitigation, Pressure, Side
from tests.drafts import calf_use, treated_draft, yes

TODAY = date(2026, 3, 11)
LIGHT, MODERATE, FIRM, HEAVY = Pressure
CLEAR, REASONS, BLOCKED, STOP = (
    Verdict.CLEAR,
    Verdict.REASONS_NEEDED,
    Verdict.REGIONS_BLOCKED,
    Verdict.STOP,
)
WHY = "seen, sound, explained"
CONSENT, AVOID, REDUCE = (
    Mitigation.EXPLAIN_CONSENT,
    Mitigation.AVOID_AREA,
    Mitigation.REDUCE_PRESSURE,
)


def at(region: str, side: Side = Side.LEFT) -> Site:
    return Site(region, side)


CALF, RIGHT_CALF = at("calf"), at("calf", Side.RIGHT)
KNEE, THIGH, ACHILLES, FOOT = at("knee_ant"), at("hamstring"), at("achilles"), at("foot_plantar")
FOREARM, ELBOW, CHEST = at("forearm"), at("elbow_lat"), at("chest")
NECK, THROAT = at("cervical_post", Side.MIDLINE), at("cervical_ant")
BACK, BELLY = at("lumbar", Side.MIDLINE), at("abdomen", Side.MIDLINE)
SACRUM = at("sacroiliac", Side.MIDLINE)


def a_yes(
    item: str, *sites: Site, detail: str = "", by: Mitigation | None = CONSENT
) -> AnswerDraft:
    """Return a "yes" with a reason and what is done about it."""
    return yes(item, *sites, detail=detail, reason=WHY, mitigation=by)


@dataclass(frozen=True)
class Case:
    """One session."""

    answers: tuple[AnswerDraft, ...] = ()
    at: Site = CALF
    pressure: Pressure = FIRM
    use: Mapping[str, Any] = field(default_factory=dict)
    visit: Mapping[str, Any] = field(default_factory=dict)
    born_on: date = date(1979, 3, 14)
    guardian: tuple[str, date | None] = ("", None)
    history: tuple[PriorAnswer, ...] = ()
    product: LubricantContents | None = None
    has_nickel: bool = False
    allergies: Mapping[str, str] = field(default_factory=dict)
    is_asked: bool = True
    """Whether the patient was asked about all allergies."""
    left_open: tuple[str, ...] = ()
    """Questions that nobody asked."""

    @property
    def draft(self) -> VisitDraft:
        given = {answer.item: answer for answer in self.answers}
        plain = {q.key: AnswerDraft(q.key, Answer.NO) for q in questions} | given
        changes = {"tissues": (), "angle_degrees": None, "pressure": self.pressure} | {**self.use}
        use = calf_use(region=self.at.region, side=self.at.side, **changes)
        answers = tuple(a for key, a in plain.items() if key not in self.left_open)
        visit = {"uses": (use,), "effects": (), "served_on": TODAY, "answers": answers}
        return treated_draft(5, **(visit | {**self.visit}))

    @property
    def clearance(self) -> Clearance:
        draft, about = self.draft, (self.at,)
        return clearance(
            draft.answers,
            about=about,
            history=self.history,
            due=items_due(self.history, about, TODAY),
            loaded=loaded_sites(draft, about),
            blood_pressure=draft.blood_pressure,
            on=TODAY,
        )

    @property
    def cap(self) -> Pressure | None:
        found = lowest_cap((*self.clearance.caps, *caps_for_age(self.born_on, TODAY)), self.at)
        return found.pressure if found else None

    @property
    def refused(self) -> list[str]:
        """Return what keeps the session from being signed."""
        draft, given = self.draft, self.clearance
        caps = (*given.caps, *caps_for_age(self.born_on, TODAY))
        found = [
            *forbidden(draft, given),
            *missing(draft, given, is_first=False),
            *refusals(check_visit(draft, today=TODAY, caps=caps)),
            *guardian_needed(draft, self.born_on, *self.guardian),
        ]
        for use in draft.uses:
            found += refusals(metal_clash(self.has_nickel, self.allergies))
            if self.product is not None:
                found += refusals(lubricant_clash(self.product, self.allergies, self.allergies))
            if not self.is_asked:
                found += unasked_metal(self.has_nickel, use.note, "")
                found += unasked_product(self.product, use.note, "") if self.product else ()
        return [finding.message for finding in found]


SCREENED: Mapping[str, Any] = {
    "visit": {
        "decision": Decision.NOT_TREATED,
        "not_treated_reason": "stopped by the safety check",
        "referral": "own physician, by telephone today",
        "patient_informed": True,
        "uses": (),
    }
}
"""The way out of a stop: screened, not treated."""
ELSEWHERE: Mapping[str, Any] = {"at": at("upper_arm", Side.RIGHT)}
"""The way out of a block: another place."""


def gently(pressure: Pressure) -> Mapping[str, Any]:
    """Return the way out of a cap: that pressure."""
    return {"pressure": pressure}


def answered(*answers: AnswerDraft) -> Mapping[str, Any]:
    """Return the way out of a gap: the same answer, whole."""
    return {"answers": answers}


def row(
    name: str,
    case: Case,
    verdict: Verdict,
    cap: Pressure | None,
    sentence: str = "",
    way_out: Mapping[str, Any] | None = None,
) -> Any:
    """Return a case with what is expected of it, named in clinical words.

    Without a sentence the session is signed as it is.
    """
    return pytest.param(case, verdict, cap, sentence, way_out or {}, id=name)


def check(
    case: Case, verdict: Verdict, cap: Pressure | None, sentence: str, way_out: Mapping[str, Any]
) -> None:
    """See that a case comes out as expected, and that its way out leads to a signature."""
    assert case.clearance.verdict is verdict
    assert case.cap is cap
    refused = case.refused
    if not sentence:
        assert refused == []
        return
    assert any(message.startswith(sentence) for message in refused), refused
    assert way_out, "a refusal without a way out"
    assert replace(case, **way_out).refused == []
