"""The facts of an episode, derived from what is on record: pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from clinic_notes.charting.models.columns import AnyReading
from clinic_notes.clinical.change import (
    Basis,
    Comparison,
    Reading,
    ReadingsSoFar,
    Verdict,
    has_value,
    identity,
    verdict_of,
)
from clinic_notes.clinical.drafts import MeasureDraft, PainDraft, RomDraft, StrengthDraft
from clinic_notes.outcomes.facts.models import Chronicity, Pairing
from clinic_notes.outcomes.facts.recorded import RecordedEpisode, RecordedVisit

Fact = dict[str, Any]
Measured = Mapping[tuple[str, ...], ReadingsSoFar]
"""What was measured before treatment so far, by its identity, in the order it was first read."""
_KINDS: dict[type[Any], tuple[str, str]] = {
    PainDraft: ("pain", "context"),
    RomDraft: ("rom", "movement"),
    StrengthDraft: ("strength", "movement"),
    MeasureDraft: ("measure", "measure"),
}
_NOW = "now"
"""The pain every treated session has, so that sessions compare."""
ASKED_ONCE = ("first_step", "worst_24h", "best_24h")
"""Pains of a time before the session: nobody can rate them again after it."""


def episode_fact(episode: RecordedEpisode) -> Fact:
    """Return the fact of an episode with at least one visit."""
    visits = episode.visits
    treated = Counter(visit.therapist_id for visit in visits)
    latest = {visit.therapist_id: number for number, visit in enumerate(visits)}
    return {
        "episode_id": episode.id,
        "patient_id": episode.patient_id,
        "therapist_id": max(treated, key=lambda each: (treated[each], latest[each])),
        "therapists": len(treated),
        "region": episode.region,
        "chronicity": _chronicity(episode.onset_on, episode.opened_on),
        "opened_on": episode.opened_on,
        "closed_on": episode.closed_on,
        "first_on": visits[0].served_on,
        "last_on": visits[-1].served_on,
        "visits": len(visits),
    }


def _chronicity(onset_on: date | None, opened_on: date) -> Chronicity:
    if onset_on is None:
        return Chronicity.UNKNOWN
    lasted = opened_on - onset_on
    if lasted < timedelta(weeks=6):
        return Chronicity.ACUTE
    return Chronicity.SUBACUTE if lasted <= timedelta(weeks=12) else Chronicity.CHRONIC


def visit_fact(visit: RecordedVisit, episode_id: int, basis: Basis) -> Fact:
    """Return the fact of a visit of an episode; it depends on no other visit."""
    return {
        "visit_id": visit.id,
        "episode_id": episode_id,
        "therapist_id": visit.therapist_id,
        "served_on": visit.served_on,
        "pain": _pairing(visit.readings, PainDraft),
        "rom": _pairing(visit.readings, RomDraft),
        "strength": _pairing(visit.readings, StrengthDraft),
        "score": _pairing(visit.readings, MeasureDraft),
        "skin_response": visit.skin_response,
        "worst_grade": visit.worst_grade,
        **_pain_of(visit, basis),
    }


def measure_facts(episode: RecordedEpisode) -> Iterator[Fact]:
    """Yield the fact of each thing that was measured before treatment over an episode."""
    basis = Basis(region=episode.region)
    found: Measured = {}
    for number, visit in enumerate(episode.visits, start=1):
        found = with_visit(found, visit, number, basis)
    return facts_of(found, episode.id, basis)


def with_visit(known: Measured, visit: RecordedVisit, number: int, basis: Basis) -> Measured:
    """Return what was measured so far, and in this visit, the ``number``-th of its episode."""
    found = dict(known)
    for row in visit.readings:
        if has_value(row.before):
            thing, reading = identity(row), Reading(row, row.before, visit.rater_id)
            if thing in found:
                found[thing] = found[thing].followed_by(reading, number, basis)
            else:
                found[thing] = ReadingsSoFar(reading, reading, number)
    return found


def facts_of(measured: Measured, episode_id: int, basis: Basis) -> Iterator[Fact]:
    """Yield the facts of what was measured, in its order."""
    facts = [_measure_fact(one, basis) for one in measured.values()]
    pains = [fact for fact in facts if fact["kind"] == "pain"]
    main = max(pains, key=lambda fact: fact["readings"], default=None)
    for fact in facts:
        yield fact | {"episode_id": episode_id, "is_main": fact is main}


def _measure_fact(series: ReadingsSoFar, basis: Basis) -> Fact:
    kind, name = _KINDS[type(series.first.row)]
    verdict, response = series.response(basis)
    return {
        "kind": kind,
        "key": getattr(series.first.row, name),
        "readings": series.readings,
        "first_value": series.first.value.number,
        "last_value": series.last.value.number,
        "verdict": verdict,
        "response": response,
        "visits_to_response": series.reached,
        "first_reading_id": series.first.row.id,
        "last_reading_id": series.last.row.id,
        "last_visits": series.last_session,
    }


def _pairing(readings: Iterable[AnyReading], kind: type[Any]) -> Pairing:
    """Return whether all readings of a kind that were begun have both ends.

    A score that was asked before and not after is no pair, and none that is incomplete.
    """
    ends = [
        (has_value(row.before), has_value(row.after))
        for row in readings
        if isinstance(row, kind) and getattr(row, "context", "") not in ASKED_ONCE
    ]
    begun = [both for both in ends if any(both) and (kind is not MeasureDraft or both[1])]
    if not begun:
        return Pairing.NONE
    return Pairing.PAIRED if all(all(both) for both in begun) else Pairing.INCOMPLETE


def _pain_of(visit: RecordedVisit, basis: Basis) -> Fact:
    """Return pain now before and after, else the first that has both, with its verdict."""
    pairs = [
        row
        for row in visit.readings
        if isinstance(row, PainDraft) and has_value(row.before) and has_value(row.after)
    ]
    row = next((one for one in pairs if one.context == _NOW), next(iter(pairs), None))
    verdict: Verdict | None = None
    if row is not None:
        before, after = (Reading(row, end, visit.rater_id) for end in (row.before, row.after))
        verdict = verdict_of(before, after, Comparison.WITHIN_SESSION, basis)
    return {
        "pain_before": row.before.number if row else None,
        "pain_after": row.after.number if row else None,
        "pain_verdict": verdict,
    }
