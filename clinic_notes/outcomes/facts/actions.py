"""Writes the facts: of one episode as it changes, or of all of a clinic anew."""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Integer, bindparam, delete, select

from clinic_notes.core import audit
from clinic_notes.core.bulk import insert_rows
from clinic_notes.core.db import db
from clinic_notes.core.signals import episode_changed
from clinic_notes.outcomes.facts import derived
from clinic_notes.outcomes.facts.models import EpisodeFact, MeasureFact, VisitFact
from clinic_notes.outcomes.facts.recorded import RecordedEpisode, recorded_episodes
from clinic_notes.patients.models import Episode

BATCH = 200
"""Episodes read and written at once."""
FACTS: tuple[Any, ...] = (MeasureFact, VisitFact, EpisodeFact)
_DELETED = {
    table: delete(table).where(table.episode_id == bindparam("id", type_=Integer))
    for table in FACTS
}
_UNLOADED = {"synchronize_session": False}
"""Facts are read by column: no object of one is loaded."""


def register() -> None:
    """Listen to changes of episodes, wherever they are made."""
    episode_changed.connect(refresh_episode)


def refresh_episode(episode_id: int) -> None:
    """Write the facts of an episode anew, from what is on record now."""
    db.session.flush()
    # Two notes of one episode that are signed at once wait for each other.
    episodes = recorded_episodes([episode_id], lock=True)
    for table in FACTS:
        db.session.execute(_DELETED[table], {"id": episode_id}, execution_options=_UNLOADED)
    _write(episodes)


def rebuild(progress: Callable[[int, int], None] = lambda done, total: None) -> int:
    """Write all facts of the current clinic anew; return of how many episodes.

    Whoever looks meanwhile sees the old ones: it is one transaction.
    """
    for table in FACTS:
        db.session.execute(delete(table))
    episodes = db.session.scalars(select(Episode.id).order_by(Episode.id)).all()
    for start in range(0, len(episodes), BATCH):
        batch = episodes[start : start + BATCH]
        _write(recorded_episodes(batch))
        progress(start + len(batch), len(episodes))
    audit.record("outcomes.rebuilt", "outcomes", by=None, episodes=len(episodes))
    return len(episodes)


def _write(recorded: Sequence[RecordedEpisode]) -> None:
    episodes = [episode for episode in recorded if episode.visits]
    insert_rows(EpisodeFact, map(derived.episode_fact, episodes))
    insert_rows(VisitFact, (fact for one in episodes for fact in derived.visit_facts(one)))
    insert_rows(MeasureFact, (fact for one in episodes for fact in derived.measure_facts(one)))
