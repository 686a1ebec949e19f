"""What the patient's page shows, put together from what was read."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from clinic_notes.clinical.drafts import Site
from clinic_notes.clinical.wording import capitalized, site_text
from clinic_notes.patients.models import Episode
from clinic_notes.progress import queries
from clinic_notes.progress.chart import Chart, pain_chart
from clinic_notes.progress.pain_trend import Course, chosen, courses
from clinic_notes.progress.queries import Readings, VisitRow
from clinic_notes.progress.rom_trend import MotionRow, motion_rows
from clinic_notes.progress.sessions import SessionLine, session_lines


@dataclass(frozen=True)
class Progress:
    """One patient over time: her sessions, and how one episode goes."""

    episode: Episode
    visits: tuple[VisitRow, ...]
    """Of the episode, the first first."""
    courses: tuple[Course, ...]
    course: Course | None
    chart: Chart | None
    motion: tuple[MotionRow, ...]

    @property
    def drafts(self) -> int:
        """Return how many visits are not signed, so not in the chart."""
        return sum(not visit.is_signed for visit in self.visits)


@dataclass(frozen=True)
class Record:
    """The clinical part of the page."""

    lines: tuple[SessionLine, ...]
    held: Counter[int]
    """Sessions so far, by episode."""
    progress: Progress | None


def record_of(
    patient_id: int, episodes: Sequence[Episode], episode_id: int, context: str
) -> Record:
    """Return the sessions of a patient, and the progress of the episode asked for.

    Where none is asked for, or it is not hers, the episode of her latest visit, else the first.
    """
    visits = queries.visits_of(patient_id)
    treatments = queries.treatments_of(patient_id)
    readings = queries.readings_of(patient_id)
    complaints = {episode.id: episode.complaint for episode in episodes}
    episode = _episode(episodes, visits, episode_id)
    return Record(
        lines=session_lines(visits, treatments, readings, complaints),
        held=Counter(visit.episode_id for visit in visits),
        progress=_progress(episode, visits, readings, context) if episode else None,
    )


def place_of(episode: Episode) -> str:
    """Return where the complaint is: "Left plantar foot"."""
    return capitalized(site_text(Site(episode.region, episode.side)))


def _episode(
    episodes: Sequence[Episode], visits: Sequence[VisitRow], episode_id: int
) -> Episode | None:
    latest = visits[-1].episode_id if visits else 0
    by_id = {episode.id: episode for episode in episodes}
    return by_id.get(episode_id) or by_id.get(latest) or next(iter(episodes), None)


def _progress(
    episode: Episode, visits: Sequence[VisitRow], readings: Readings, context: str
) -> Progress:
    mine = tuple(visit for visit in visits if visit.episode_id == episode.id)
    # A draft may still change: what is drawn is what somebody put her name to.
    signed = [visit for visit in mine if visit.is_signed]
    found = courses(readings.ratings(signed), [(visit.id, visit.served_on) for visit in signed])
    course = chosen(found, context)
    return Progress(
        episode=episode,
        visits=mine,
        courses=found,
        course=course,
        chart=pain_chart(course) if course else None,
        motion=motion_rows(
            (visit.served_on, rom) for visit in signed for rom in readings.roms.get(visit.id, ())
        ),
    )
