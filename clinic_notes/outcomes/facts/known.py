"""The facts an episode has, with the first and the last reading of each thing measured."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Integer, bindparam, func, select
from sqlalchemy.orm import aliased

from clinic_notes.charting.models import Correction, Reading, Visit, columns
from clinic_notes.clinical import change
from clinic_notes.clinical.change import Basis, ReadingsSoFar
from clinic_notes.core.bulk import read_rows
from clinic_notes.outcomes.facts.derived import Measured
from clinic_notes.outcomes.facts.models import EpisodeFact, MeasureFact, VisitFact
from clinic_notes.outcomes.facts.recorded import RecordedVisit
from clinic_notes.patients.models import Episode


@dataclass(frozen=True)
class KnownFacts:
    """What the facts of an episode say, as far as the next visit changes them."""

    basis: Basis
    episode_id: int
    episode_fact_id: int | None
    """None before the first treated visit."""
    visits: int
    last_on: date
    therapist_id: int
    therapists: int
    facts: tuple[Mapping[str, Any], ...]
    """Those of each thing measured, in the order they were written."""
    measured: Measured
    """The same as the rules read it."""
    is_corrected: bool = False
    """Whether an addendum corrected a value: then the readings themselves do not say it."""

    def is_before(self, visit: RecordedVisit) -> bool:
        """Say whether the facts hold all that came before a visit, and it is the latest."""
        return (
            self.episode_fact_id is not None
            and not self.is_corrected
            and self.last_on < visit.served_on
        )

    def therapist_with(self, visit: RecordedVisit) -> dict[str, int]:
        """Return who treated most visits with this one, and how many treated."""
        if visit.therapist_id == self.therapist_id:
            return {"most": self.therapist_id, "number": self.therapists}
        rows = read_rows(_TREATED_BY, {"episode_id": self.episode_id})
        treated = {row.therapist_id: row.visits for row in rows}
        by_this_one = treated.get(visit.therapist_id, 0) + 1
        # Of equals it is the one who treated last.
        leads = by_this_one >= treated[self.therapist_id]
        return {
            "most": visit.therapist_id if leads else self.therapist_id,
            "number": len(treated.keys() | {visit.therapist_id}),
        }


def known_facts(episode_id: int) -> KnownFacts:
    """Return the facts of an episode in one statement, however many visits it has.

    The episode is locked until the transaction ends, so that nobody else writes its facts.
    """
    rows = read_rows(_KNOWN, {"episode_id": episode_id}).all()
    first = rows[0]
    facts = [row for row in rows if row.id is not None]
    series = [_readings_of(row) for row in facts]
    return KnownFacts(
        basis=Basis(region=first.region),
        episode_id=episode_id,
        episode_fact_id=first.episode_fact_id,
        visits=first.visits,
        last_on=first.last_on,
        therapist_id=first.therapist_id,
        therapists=first.therapists,
        facts=tuple({name: getattr(row, name) for name in _FACT} for row in facts),
        measured={change.identity(one.first.row): one for one in series},
        is_corrected=first.correction_id is not None,
    )


def _readings_of(row: Any) -> ReadingsSoFar:
    first, last = (_reading(row, end) for end in ("first", "last"))
    return ReadingsSoFar(first, last, row.last_visits, row.readings, row.visits_to_response)


def _reading(row: Any, end: str) -> change.Reading:
    """Return the first or the last reading before treatment of a thing measured."""
    named = {name: getattr(row, f"{end}_{name}") for name in columns.READING}
    found = columns.reading_draft(SimpleNamespace(**named))
    return change.Reading(found, found.before, getattr(row, f"{end}_rater_id"))


_FACT = (
    "id", "episode_id", "kind", "key", "is_main", "readings", "first_value", "last_value",
    "verdict", "response", "visits_to_response", "first_reading_id", "last_reading_id",
    "last_visits",
)  # fmt: skip
_ENDS = {
    "first": (aliased(Reading), aliased(Visit)),
    "last": (aliased(Reading), aliased(Visit)),
}
_KNOWN = (
    select(
        Episode.region,
        select(Correction.id)
        .where(Correction.episode_id == Episode.id)
        .limit(1)
        .correlate(Episode)
        .scalar_subquery()
        .label("correction_id"),
        EpisodeFact.id.label("episode_fact_id"),
        *(getattr(EpisodeFact, n) for n in ("visits", "last_on", "therapist_id", "therapists")),
        *(getattr(MeasureFact, name) for name in _FACT),
        *(
            getattr(reading, name).label(f"{end}_{name}")
            for end, (reading, _) in _ENDS.items()
            for name in columns.READING
        ),
        *(visit.measured_by_id.label(f"{end}_rater_id") for end, (_, visit) in _ENDS.items()),
    )
    .select_from(Episode)
    .outerjoin(EpisodeFact, EpisodeFact.episode_id == Episode.id)
    .outerjoin(MeasureFact, MeasureFact.episode_id == Episode.id)
    .where(Episode.id == bindparam("episode_id", type_=Integer))
    .order_by(MeasureFact.id)
    .with_for_update(of=Episode)
)
for _end, (_of, _in) in _ENDS.items():
    _KNOWN = _KNOWN.outerjoin(_of, _of.id == getattr(MeasureFact, f"{_end}_reading_id"))
    _KNOWN = _KNOWN.outerjoin(_in, _in.id == _of.visit_id)
_TREATED_BY = (
    select(VisitFact.therapist_id, func.count().label("visits"))
    .where(VisitFact.episode_id == bindparam("episode_id", type_=Integer))
    .group_by(VisitFact.therapist_id)
)
