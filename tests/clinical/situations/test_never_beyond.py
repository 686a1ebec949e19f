"""Whatever is answered, treated and repeated: no signed row goes beyond what is allowed there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from clinic_notes.clinical.drafts import AnswerDraft, Site, UseDraft
from clinic_notes.clinical.repeat.treatment import repeated
from clinic_notes.clinical.screening import PriorAnswer, Verdict, overlaps
from clinic_notes.clinical.screening.overlap import is_within
from clinic_notes.reference.contraindications import Contraindication, questions
from clinic_notes.reference.regions import regions
from clinic_notes.reference.techniques import strokes
from clinic_notes.reference.terms import Answer, Mitigation, Pressure, Reach, Scope, Severity
from tests.clinical.screening.test_in_force_reference import reference
from tests.clinical.situations.cases import MODERATE, TODAY, Case

PLACES = tuple(
    Site(region, side)
    for region in (
        "calf", "achilles", "hamstring", "popliteal", "forearm", "lumbar", "abdomen",
        "cervical_ant",
    )
    for side in regions[region].sides
)  # fmt: skip
ITEMS = sorted(
    item.key
    for item in questions
    if item.scope is Scope.REGION or item.severity is Severity.RELATIVE
)
"""Those that do not stop the whole session: else hardly any session would be signed."""
WEIGHT = [Verdict.CLEAR, Verdict.REASONS_NEEDED, Verdict.REGIONS_BLOCKED, Verdict.STOP]

places = st.sampled_from(PLACES)
some_places = st.lists(places, max_size=2).map(tuple)
details = st.sampled_from(["20 weeks", "first", "2026-02-20, closed", "2026-03-08, closed", ""])
uses = st.builds(
    dict,
    stroke=st.sampled_from(["sweep", "brush", "strum"]),
    note=st.sampled_from(["", "asked for more, felt well"]),
    motion=st.sampled_from(["static", "resisted"]),
)
answers = st.builds(
    AnswerDraft,
    st.sampled_from(ITEMS),
    st.sampled_from([Answer.YES, Answer.YES, Answer.NO]),
    some_places,
    details,
    st.just("seen, sound, explained"),
    st.sampled_from(Mitigation),
)
sessions = st.builds(
    Case,
    st.lists(answers, max_size=3, unique_by=lambda given: given.item).map(tuple),
    places,
    st.sampled_from(Pressure),
    uses,
    born_on=st.sampled_from([date(1979, 3, 14), date(2012, 3, 14), date(2016, 3, 14)]),
    guardian=st.just(("Ana Delgado", date(2025, 3, 2))),
    left_open=st.lists(st.sampled_from(ITEMS), max_size=8).map(tuple),
)


@dataclass(frozen=True)
class Signed:
    """A session that was signed: its row, and every answer that counted that day."""

    case: Case
    use: UseDraft
    on: date
    answers: tuple[PriorAnswer, ...]


def answers_of(case: Case, on: date) -> tuple[PriorAnswer, ...]:
    given_today = (
        PriorAnswer(a.item, a.answer, on, a.sites, a.reason, a.mitigation, (case.at,), a.detail)
        for a in case.draft.answers
    )
    return tuple(given_today)


def played(course: Sequence[Case], *, is_repeated: Sequence[bool]) -> Iterator[Signed]:
    """Sign what can be signed of sessions four days apart; some repeat the row signed last."""
    history: tuple[PriorAnswer, ...] = ()
    last: UseDraft | None = None
    for number, (session, repeats) in enumerate(zip(course, is_repeated, strict=True)):
        on = TODAY - timedelta(4 * (len(course) - 1 - number))
        # A case is always today's: its past is moved instead.
        past = tuple(a._replace(asked_on=a.asked_on + (TODAY - on)) for a in history)
        case = replace(session, history=past)
        if repeats and last is not None:
            copy = repeated(replace(last, id=7))
            kept = ("stroke", "note", "motion")
            use = {name: getattr(copy, name) for name in kept}
            case = replace(case, at=copy.site, pressure=copy.pressure, use=use)
        if case.refused:
            continue
        (last,) = case.draft.uses
        own = answers_of(case, on)
        yield Signed(case, last, on, (*history, *own))
        history = (*history, *own)


def highest_allowed(signed: Signed) -> Pressure:
    """Return the lowest cap in force at the row's place, read from the catalogues one by one."""
    site, born_on = signed.use.site, signed.case.born_on
    years = TODAY.year - born_on.year - ((TODAY.month, TODAY.day) < (born_on.month, born_on.day))
    caps = [Pressure.LIGHT] if years < 12 else [MODERATE] if years < 18 else []
    caps += [cap for cap in (strokes[signed.use.stroke].pressure_cap,) if cap]
    caps += [cap for cap in (regions[site.region].pressure_cap,) if cap]
    for item in questions:
        own = [a for a in signed.answers if a.item == item.key]
        for yes in reference(item, own, (site,)):
            caps += caps_of(item, yes.asked, yes.flagged, site, signed.on)
    return min(caps, key=lambda cap: cap.rank, default=Pressure.HEAVY)


def caps_of(
    item: Contraindication, asked: PriorAnswer, flagged: Sequence[Site], site: Site, on: date
) -> Iterator[Pressure]:
    def is_reached(reach: Reach) -> bool:
        is_everywhere = item.scope is Scope.SESSION
        return is_everywhere or any(is_within(reach, one, site) for one in flagged)

    if item.capped_days and is_past(asked.detail, on, item.capped_days):
        return
    if item.pressure_cap and is_reached(item.cap_reach):
        yield item.pressure_cap
    if site.region in item.light_regions:
        yield Pressure.LIGHT
    if asked.mitigation is Mitigation.REDUCE_PRESSURE and is_reached(item.reach):
        yield MODERATE


def is_past(detail: str, on: date, days: int) -> bool:
    """Say whether the day a detail names is longer ago."""
    day = detail[:10]
    return day.startswith("2026-") and on - date.fromisoformat(day) > timedelta(days)


def is_blocked(signed: Signed) -> bool:
    """Say whether an active "yes" forbids treating the row's place at all."""
    site = signed.use.site
    for item in questions:
        own = [a for a in signed.answers if a.item == item.key]
        for yes in reference(item, own, (site,)):
            is_met = item.scope is Scope.REGION and bool(yes.met)
            avoids = yes.asked.mitigation is Mitigation.AVOID_AREA
            if is_met and (item.severity is Severity.ABSOLUTE or avoids):
                return not item.capped_days or not is_past(
                    yes.asked.detail, signed.on, item.capped_days
                )
            if site.region in item.blocked_regions:
                return True
    return False


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(sessions, st.booleans()), min_size=1, max_size=4))
def test_no_signed_row_goes_beyond_the_lowest_cap_or_into_a_blocked_place(
    course: list[tuple[Case, bool]],
) -> None:
    cases, is_repeated = zip(*course, strict=True)
    for signed in played(cases, is_repeated=is_repeated):
        assert signed.use.pressure is not None
        assert signed.use.pressure.rank <= highest_allowed(signed).rank
        assert not is_blocked(signed)


@settings(max_examples=150, deadline=None)
@given(sessions, answers.map(lambda given: replace(given, answer=Answer.YES)))
def test_a_yes_instead_of_a_no_never_loosens_anything(case: Case, more: AnswerDraft) -> None:
    before = replace(
        case,
        answers=tuple(a for a in case.answers if a.item != more.item),
        left_open=tuple(item for item in case.left_open if item != more.item),
    )
    after = replace(before, answers=(*before.answers, more))
    one, other = before.clearance, after.clearance
    assert {site for site, _ in one.blocked} <= {site for site, _ in other.blocked}
    assert rank(after.cap) <= rank(before.cap)
    assert not (before.refused and not after.refused)
    if Verdict.INCOMPLETE not in (one.verdict, other.verdict):
        assert WEIGHT.index(one.verdict) <= WEIGHT.index(other.verdict)


@settings(max_examples=100, deadline=None)
@given(sessions, answers.map(lambda given: replace(given, answer=Answer.YES)), places)
def test_one_place_more_never_loosens_anything(
    case: Case, given_yes: AnswerDraft, more: Site
) -> None:
    others = tuple(a for a in case.answers if a.item != given_yes.item)
    # Without any place a "yes" counts for all of them, so that one place would be less.
    flagged = given_yes.sites or (case.at,)
    before = replace(case, answers=(*others, replace(given_yes, sites=flagged)), left_open=())
    wider = replace(given_yes, sites=(*flagged, more))
    after = replace(before, answers=(*others, wider))
    assert rank(after.cap) <= rank(before.cap)
    assert {s for s, _ in before.clearance.blocked} <= {s for s, _ in after.clearance.blocked}
    assert not (before.refused and not after.refused)


def rank(cap: Pressure | None) -> int:
    return (cap or Pressure.HEAVY).rank


def test_the_properties_meet_sessions_that_are_signed() -> None:
    calf, forearm = PLACES[0], next(p for p in PLACES if p.region == "forearm")
    assert not overlaps(calf, forearm)
    thinner = AnswerDraft(
        "anticoagulant", Answer.YES, reason="seen, explained", mitigation=Mitigation.SHORTEN
    )
    course = [Case((thinner,), calf, MODERATE), Case((), forearm, Pressure.HEAVY)]
    first, second = played(course, is_repeated=(False, True))
    assert (first.use.pressure, highest_allowed(first)) == (MODERATE, MODERATE)
    assert (second.use.site, second.use.pressure) == (calf, MODERATE)
