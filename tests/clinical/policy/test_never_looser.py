"""A policy never loosens anything, whatever was answered, treated and chosen."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from clinic_notes.clinical.drafts import AnswerDraft, Site, UseDraft, VisitDraft
from clinic_notes.clinical.findings import Finding, refusals
from clinic_notes.clinical.policy import ClinicPolicy, ItemPolicy, questions_under
from clinic_notes.clinical.screening import (
    Clearance,
    PriorAnswer,
    Verdict,
    blocked_sites,
    clearance,
    items_due,
    overlaps,
)
from clinic_notes.clinical.signing import forbidden, missing
from clinic_notes.clinical.visit_checks import check_visit
from clinic_notes.reference.contraindications import Questions, questions
from clinic_notes.reference.regions import regions
from clinic_notes.reference.terms import Answer, Mitigation, Pressure, Reach, Severity
from tests.drafts import treated_draft

TODAY = date(2026, 3, 11)
KEYS = [item.key for item in questions]
LEG = ("calf", "achilles", "knee_ant", "hamstring", "foot_plantar")
OTHERS = ("lumbar", "abdomen", "cervical_post", "forearm")
EVERYWHERE = tuple(Site(key, side) for key in (*LEG, *OTHERS) for side in regions[key].sides)

placed = st.sampled_from(EVERYWHERE)
# Most often what is capped: there a policy has the most to loosen.
keys = st.sampled_from([key for key in KEYS if questions[key].pressure_cap]) | st.sampled_from(KEYS)
given_answers = st.sampled_from([Answer.YES, Answer.YES, Answer.NO, Answer.NOT_ASKED])
details = st.sampled_from(["", "first", "30 weeks", "2026-03-01", "2026-02-10", "2025-01-01"])
reasons = st.sampled_from(["", "seen, sound, explained"])
mitigations = st.none() | st.sampled_from(Mitigation)
flagged = st.lists(placed, max_size=2).map(tuple)


def item_policies(item: st.SearchStrategy[str]) -> st.SearchStrategy[ItemPolicy]:
    """Return any values, stricter or laxer: the catalogue may have become stricter since."""
    return st.builds(
        ItemPolicy,
        item,
        st.none() | st.sampled_from(Severity),
        st.none() | st.sampled_from(Pressure),
        st.none() | st.sampled_from(Reach),
        st.none() | st.integers(0, 60),
    )


def answers(item: st.SearchStrategy[str]) -> st.SearchStrategy[AnswerDraft]:
    return st.builds(AnswerDraft, item, given_answers, flagged, details, reasons, mitigations)


def prior_answers(item: st.SearchStrategy[str]) -> st.SearchStrategy[PriorAnswer]:
    days = st.integers(0, 60).map(lambda ago: TODAY - timedelta(days=ago))
    return st.builds(
        PriorAnswer,
        item, given_answers, days, flagged, reasons, mitigations, flagged, details,
    )  # fmt: skip


@st.composite
def situations(draw: st.DrawFn) -> tuple[list[ItemPolicy], list[AnswerDraft], list[PriorAnswer]]:
    """Draw a policy, and answers to the few items it is about."""
    item = st.sampled_from(draw(st.lists(keys, min_size=1, max_size=3, unique=True)))
    own = st.lists(item_policies(item), min_size=1, unique_by=lambda own: own.item)
    given = st.lists(answers(item), min_size=1, unique_by=lambda given: given.item)
    return draw(own), draw(given), draw(st.lists(prior_answers(item), max_size=4))


uses = st.lists(st.tuples(placed, st.sampled_from(Pressure)), min_size=1, max_size=3)


@dataclass(frozen=True)
class Evaluated:
    """What the rules say of one session under some questions."""

    clearance: Clearance
    due: frozenset[str]
    refused: tuple[Finding, ...]
    blocked: frozenset[Site]


def evaluated(draft: VisitDraft, history: list[PriorAnswer], under: Questions) -> Evaluated:
    about = tuple(dict.fromkeys(use.site for use in draft.uses))
    due = items_due(history, about, TODAY, questions=under)
    cleared = clearance(
        draft.answers, about=about, history=history, due=due, on=TODAY, questions=under
    )
    checked = check_visit(draft, today=TODAY, caps=cleared.caps)
    blocked = blocked_sites(
        draft.answers, about=about, sites=EVERYWHERE, history=history, on=TODAY, questions=under
    )
    return Evaluated(
        clearance=cleared,
        due=frozenset(due),
        refused=(*forbidden(draft, cleared), *missing(draft, cleared), *refusals(checked)),
        blocked=frozenset(site for site, _ in blocked),
    )


def rank(found: Evaluated, site: Site) -> int:
    cap = found.clearance.cap_at(site)
    return cap.pressure.rank if cap is not None else len(Pressure)


@settings(max_examples=300)
@given(situations(), uses, st.booleans())
def test_a_policy_never_loosens_anything(
    situation: tuple[list[ItemPolicy], list[AnswerDraft], list[PriorAnswer]],
    treated: list[tuple[Site, Pressure]],
    rest_is_no: bool,
) -> None:
    own, answered, history = situation
    rows = tuple(
        UseDraft(5, site.region, site.side, stroke="sweep", pressure=how, minutes=Decimal(5))
        for site, how in treated
    )
    if rest_is_no:
        given = {answer.item for answer in answered}
        answered = answered + [AnswerDraft(key, Answer.NO) for key in KEYS if key not in given]
    draft = treated_draft(5, served_on=TODAY, uses=rows, answers=tuple(answered))
    without = evaluated(draft, history, questions)
    under_policy = evaluated(draft, history, questions_under(ClinicPolicy(1, TODAY, tuple(own))))
    is_stopped = under_policy.clearance.verdict is Verdict.STOP
    assert under_policy.due >= without.due
    assert is_stopped or without.clearance.verdict is not Verdict.STOP
    assert under_policy.refused or not without.refused
    assert [s for s in EVERYWHERE if rank(under_policy, s) > rank(without, s)] == []
    assert is_stopped or under_policy.blocked >= without.blocked
    for site, _ in without.clearance.blocked:
        assert is_stopped or any(overlaps(site, s) for s, _ in under_policy.clearance.blocked)
