"""What a note needs and a draft lacks: names, the session's number, goals."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from clinic_notes.charting.models import Visit
from clinic_notes.charting.note.content import earlier_effects_in_words
from clinic_notes.charting.plan.goals import goals_in_note
from clinic_notes.charting.rules import VisitFindings, guardian_of
from clinic_notes.charting.treatment.last_effects import last_effects
from clinic_notes.charting.visit.load import LoadedVisit
from clinic_notes.charting.visit.queries import EpisodePosition
from clinic_notes.clinical.billing import services_in_words
from clinic_notes.clinical.diagnosis import diagnosis_text
from clinic_notes.clinical.lifecycle import Identity
from clinic_notes.clinical.policy import ClinicPolicy
from clinic_notes.clinical.repeat.wording import origin_in_words, repeat_in_words
from clinic_notes.clinical.summary import Names
from clinic_notes.plan_of_care.models import Goal


@dataclass(frozen=True)
class FromEarlier:
    """What earlier sessions add to a note, in words."""

    carried: tuple[str, ...]
    """What stands of the safety check."""
    worse: tuple[str, ...]
    """What got worse."""
    effects: tuple[str, ...] = ()
    """The effects that were asked about."""

    @classmethod
    def of(cls, findings: VisitFindings, on: date) -> Self:
        """Return what the rules found for the session of a day."""
        return cls(findings.carried_in_words(on), findings.worse_in_words)


def names_of(
    visit: Visit,
    stored: LoadedVisit,
    position: EpisodePosition,
    earlier: FromEarlier,
    policy: ClinicPolicy,
    time_zone: str,
    goals: Sequence[Goal],
) -> Names:
    """Return the names as they are today; signing seals them with the note.

    ``goals`` are all of the episode.
    """
    in_words = goals_in_note(visit, goals, stored.draft)
    if stored.draft.earlier_effects is not None:
        followed = last_effects(visit.patient_id, visit.served_on)
        earlier = replace(earlier, effects=tuple(earlier_effects_in_words(followed)))
    return names_with_goals(visit, stored, position, earlier, policy, time_zone, in_words)


def names_with_goals(
    visit: Visit,
    stored: LoadedVisit,
    position: EpisodePosition,
    earlier: FromEarlier,
    policy: ClinicPolicy,
    time_zone: str,
    goals: tuple[str, ...],
) -> Names:
    """Return the names, with goals that are in words already; nothing is read."""
    on, sources = visit.served_on, stored.sources
    names = Names(
        patient=identity_now(visit).sealed_words,
        questions=stored.questions,
        instruments=stored.supplies.instrument_names,
        lubricants=stored.supplies.lubricant_names,
        measured_by=visit.measured_by.signs_as if visit.measured_by else "",
        complaint=visit.episode.complaint,
        visit_number=position.number,
        planned=visit.episode.planned_visits,
        carried=earlier.carried,
        worse=earlier.worse,
        earlier_effects=earlier.effects,
        time_zone=time_zone,
        guardian=guardian_of(visit.patient, on),
        written_by=visit.author.signs_as,
        evaluated_by=policy.evaluated_by,
        services=services_in_words(stored.draft),
        origins=tuple(origin_in_words(use, sources, on) for use in stored.draft.uses),
    )
    names = _with_plan(names, visit, goals)
    return replace(names, repeated=repeat_in_words(stored.draft, sources, names))


def identity_now(visit: Visit) -> Identity:
    """Return whom a note is about, as the record says it today."""
    patient = visit.patient
    return Identity(patient.name, patient.born_on, patient.mrn, visit.episode.complaint)


def _with_plan(names: Names, visit: Visit, goals: tuple[str, ...]) -> Names:
    diagnosis = diagnosis_text(visit.episode.diagnoses, visit.episode.code_system)
    return replace(names, diagnosis=diagnosis, goals=goals)
