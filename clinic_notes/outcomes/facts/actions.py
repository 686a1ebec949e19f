"""Writes the facts: of one episode as it changes, or of all of a clinic anew."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Integer, bindparam, delete, select, update

from clinic_notes.charting.models import Visit
from clinic_notes.clinical.change import Basis
from clinic_notes.clinical.drafts import VisitDraft
from clinic_notes.core import audit
from clinic_notes.core.bulk import insert_rows, update_rows
from clinic_notes.core.db import db
from clinic_notes.core.signals import episode_changed, visit_signed
from clinic_notes.outcomes.facts import derived
from clinic_notes.outcomes.facts.known import KnownFacts, known_facts
from clinic_notes.outcomes.facts.models import EpisodeFact, MeasureFact, VisitFact
from clinic_notes.outcomes.facts.recorded import (
    RecordedEpisode,
    RecordedVisit,
    recorded_episodes,
    recorded_visit,
)
from clinic_notes.patients.models import Episode
from clinic_notes.reference.terms import Decision

BATCH = 200
"""Episodes read and written at once."""
FACTS: tuple[Any, ...] = (MeasureFact, VisitFact, EpisodeFact)
_DELETED = {
    table: delete(table).where(table.episode_id == bindparam("id", type_=Integer))
    for table in FACTS
}
# Of the episode too: its index finds the few rows among which the visit's is.
_VISIT_DELETED = _DELETED[VisitFact].where(
    VisitFact.visit_id == bindparam("visit_id", type_=Integer)
)
_EPISODE_EXTENDED = (
    update(EpisodeFact)
    .where(
        EpisodeFact.id == bindparam("fact_id", type_=Integer),
        EpisodeFact.visits == bindparam("known_visits", type_=Integer),
    )
    .values(
        visits=EpisodeFact.visits + 1,
        last_on=bindparam("on"),
        therapist_id=bindparam("most"),
        therapists=bindparam("number"),
    )
    .returning(EpisodeFact.id)
)
_UNLOADED = {"synchronize_session": False}
"""Facts are read by column: no object of one is loaded."""


def register() -> None:
    """Listen to changes of episodes, wherever they are made."""
    episode_changed.connect(refresh_episode)
    visit_signed.connect(add_signed_visit)


def add_signed_visit(visit: Visit, draft: VisitDraft) -> None:
    """Add the facts of a note as it is signed, in as many steps whatever came before it.

    Where it is not the latest of its episode, or the first, the episode's are written anew.
    """
    if draft.decision is not Decision.TREATED:
        return
    # Two notes of one episode that are signed at once wait for each other.
    known, signed = known_facts(visit.episode_id), recorded_visit(visit, draft)
    if not known.is_before(signed) or not _extend_episode(known, signed):
        has_facts = known.episode_fact_id is not None
        refresh_episode(visit.episode_id, visit_id=visit.id if has_facts else None)
        return
    insert_rows(VisitFact, [derived.visit_fact(signed, visit.episode_id, known.basis)])
    measured = derived.with_visit(known.measured, signed, known.visits + 1, known.basis)
    facts = list(derived.facts_of(measured, visit.episode_id, known.basis))
    before = len(known.facts)
    pairs = zip(known.facts, facts[:before], strict=True)
    update_rows(
        MeasureFact,
        [fact | {"id": old["id"]} for old, fact in pairs if not fact.items() <= old.items()],
    )
    insert_rows(MeasureFact, facts[before:])


def _extend_episode(known: KnownFacts, visit: RecordedVisit) -> bool:
    """Count a visit in the fact of its episode; False where that was written anew meanwhile."""
    extended = db.session.scalar(
        _EPISODE_EXTENDED,
        {
            "fact_id": known.episode_fact_id,
            "known_visits": known.visits,
            "on": visit.served_on,
            **known.therapist_with(visit),
        },
        execution_options=_UNLOADED,
    )
    return extended is not None


def refresh_episode(episode_id: int, visit_id: int | None = None) -> None:
    """Write the facts of an episode anew, from what is on record now.

    Where one note was changed, as ``visit_id`` says, the facts of its other visits stay.
    """
    db.session.flush()
    # Two notes of one episode that are signed at once wait for each other.
    episodes = recorded_episodes([episode_id], lock=True)
    visits_deleted = _DELETED[VisitFact] if visit_id is None else _VISIT_DELETED
    for statement in (_DELETED[MeasureFact], visits_deleted, _DELETED[EpisodeFact]):
        values = {"id": episode_id, "visit_id": visit_id}
        db.session.execute(statement, values, execution_options=_UNLOADED)
    write_facts(episodes, only_visit=visit_id)


def rebuild(progress: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Write all facts of the current clinic anew; return of how many episodes.

    Whoever looks meanwhile sees the old ones: it is one transaction.
    """
    for table in FACTS:
        db.session.execute(delete(table))
    episodes = db.session.scalars(select(Episode.id).order_by(Episode.id)).all()
    for start in range(0, len(episodes), BATCH):
        batch = episodes[start : start + BATCH]
        write_facts(recorded_episodes(batch))
        progress(start + len(batch), len(episodes))
    audit.record("outcomes.rebuilt", "outcomes", by=None, episodes=len(episodes))
    return len(episodes)


def write_facts(recorded: Sequence[RecordedEpisode], only_visit: int | None = None) -> None:
    """Write the facts of these episodes, which have none yet."""
    episodes = [episode for episode in recorded if episode.visits]
    insert_rows(EpisodeFact, map(derived.episode_fact, episodes))
    insert_rows(
        VisitFact,
        (
            derived.visit_fact(visit, one.id, Basis(region=one.region))
            for one in episodes
            for visit in one.visits
            if only_visit in (None, visit.id)
        ),
    )
    insert_rows(MeasureFact, (fact for one in episodes for fact in derived.measure_facts(one)))
