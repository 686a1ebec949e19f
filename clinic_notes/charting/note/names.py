"""What a note needs and a draft lacks: names, the session's number, goals."""

from collections.abc import Iterable
from dataclasses import replace

from clinic_notes.charting.models import Visit
from clinic_notes.charting.plan.goals import goals_in_note
from clinic_notes.charting.rules import guardian_of
from clinic_notes.charting.visit.load import LoadedVisit
from clinic_notes.charting.visit.queries import EpisodePosition
from clinic_notes.clinical.diagnosis import diagnosis_text
from clinic_notes.clinical.drafts import VisitDraft
from clinic_notes.clinical.policy import ClinicPolicy
from clinic_notes.clinical.repeat.wording import origin_in_words, repeat_in_words
from clinic_notes.clinical.screening import CarriedForward
from clinic_notes.clinical.summary import Names, carried_forward_in_words


def names_of(
    visit: Visit,
    stored: LoadedVisit,
    position: EpisodePosition,
    carried_forward: Iterable[CarriedForward],
    policy: ClinicPolicy,
) -> Names:
    """Return the names as they are today; signing seals them with the note."""
    goals = goals_in_note(visit, stored.draft)
    return names_with_goals(visit, stored, position, carried_forward, policy, goals)


def names_with_goals(
    visit: Visit,
    stored: LoadedVisit,
    position: EpisodePosition,
    carried_forward: Iterable[CarriedForward],
    policy: ClinicPolicy,
    goals: tuple[str, ...],
) -> Names:
    """Return the names, with goals that are in words already; nothing is read."""
    on, sources = visit.served_on, stored.sources
    names = Names(
        patient=f"{visit.patient.name}, born {visit.patient.born_on}, {visit.patient.mrn}",
        questions=stored.questions,
        instruments=stored.supplies.instrument_names,
        lubricants=stored.supplies.lubricant_names,
        measured_by=visit.measured_by.signs_as if visit.measured_by else "",
        complaint=visit.episode.complaint,
        visit_number=position.number,
        planned=visit.episode.planned_visits,
        carried_forward=carried_forward_in_words(carried_forward),
        guardian=guardian_of(visit.patient, on),
        written_by=visit.author.signs_as,
        evaluated_by=policy.evaluated_by,
        origins=tuple(origin_in_words(use, sources, on) for use in stored.draft.uses),
    )
    names = _with_plan(names, visit, goals)
    return replace(names, repeated=repeat_in_words(stored.draft, sources, names))


def with_plan(names: Names, visit: Visit, draft: VisitDraft) -> Names:
    """Return the names with diagnosis and goals, as signing will seal them."""
    return _with_plan(names, visit, goals_in_note(visit, draft))


def _with_plan(names: Names, visit: Visit, goals: tuple[str, ...]) -> Names:
    diagnosis = diagnosis_text(visit.episode.diagnoses, visit.episode.code_system)
    return replace(names, diagnosis=diagnosis, goals=goals)
