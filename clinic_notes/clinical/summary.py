"""The summary of a visit: one paragraph, made from its structured data."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from clinic_notes.clinical.drafts import (
    AnswerDraft,
    EffectDraft,
    Measured,
    PainDraft,
    RomDraft,
    UseDraft,
    VisitDraft,
)
from clinic_notes.clinical.how_asked import Interview, answered_no, no_in_words
from clinic_notes.clinical.how_asked.yes_words import yes_in_words
from clinic_notes.clinical.readings import change_text, reading_text
from clinic_notes.clinical.screening.consent import consent_in_words
from clinic_notes.clinical.wording import (
    bracketed,
    capitalized,
    in_sentence,
    joined,
    outcome_text,
    place_text,
    site_text,
    time_text,
    with_unit,
)
from clinic_notes.reference.contraindications import checklist
from clinic_notes.reference.effects import effects, skin_responses
from clinic_notes.reference.interventions import interventions
from clinic_notes.reference.movements import movements
from clinic_notes.reference.pain import pain_contexts
from clinic_notes.reference.techniques import directions, strokes
from clinic_notes.reference.terms import Answer, Decision

MOST_MOVEMENTS = 4
"""Movements the paragraph names, so that it stays short: the note's table has them all."""


@dataclass(frozen=True)
class Names:
    """Names and numbers that a note shows and a draft does not hold."""

    patient: str = ""
    questions: Mapping[str, str] = field(default_factory=dict)
    """The safety questions as they were worded that day, by item."""
    instruments: Mapping[int, str] = field(default_factory=dict)
    lubricants: Mapping[int, str] = field(default_factory=dict)
    measured_by: str = ""
    complaint: str = ""
    visit_number: int = 1
    planned: int | None = None
    repeated: str = ""
    """From which session the treatment was repeated, and what was changed."""
    origins: tuple[str, ...] = ()
    """How much of each treatment row is unchanged, in the order of the rows."""
    carried_forward: tuple[str, ...] = ()
    """Each "yes" of an earlier session that was active in this one, as older notes say it."""
    carried: tuple[str, ...] = ()
    """What stood from earlier sessions: each "yes" in force, and how many "no" were not due."""
    earlier_effects: tuple[str, ...] = ()
    """The effects of earlier sessions that were asked about, in words."""
    worse: tuple[str, ...] = ()
    """What got worse in the session, or since the last two, in words."""
    time_zone: str = ""
    """The clinic's time zone at the time; "" in older notes."""
    guardian: str = ""
    """Which guardian consented to the treatment of a minor, and when."""
    written_by: str = ""
    """The name and credentials of the user who began the note."""
    evaluated_by: str = ""
    """By which version of the clinic's policy the rules evaluated it; "" in older notes."""
    diagnosis: str = ""
    """The diagnosis codes of the episode with the therapist's words."""
    goals: tuple[str, ...] = ()
    """Each goal that went on at the session, with how far it was."""
    services: str = ""
    """The timed services with their minutes and units; "" in older notes."""


def summary(draft: VisitDraft, *, names: Names) -> str:
    """Return the visit in sentences; what was not entered is left out."""
    in_words = _treated if draft.decision is Decision.TREATED else _not_treated
    parts = in_words(draft, names)
    return " ".join(_sentence(part) for part in parts if part)


def _treated(draft: VisitDraft, names: Names) -> Iterator[str]:
    yield _which_visit(names)
    yield consent_text(draft, names)
    yield _safety(draft, names)
    yield blood_pressure_text(draft)
    yield ". ".join(carried_lines(names))
    yield earlier_effects_text(draft, names)
    yield _readings("Before", draft)
    yield capitalized("; ".join(_use(use, names) for use in draft.uses))
    yield names.repeated
    yield _also(draft)
    yield _afterwards(draft)
    yield ". ".join(names.worse)
    yield draft.plan and f"Plan: {draft.plan}"


def _not_treated(draft: VisitDraft, names: Names) -> Iterator[str]:
    yield f"{_which_visit(names)}: screened, not treated"
    yield draft.not_treated_reason and f"Reason: {draft.not_treated_reason}"
    yield _safety(draft, names)
    yield blood_pressure_text(draft)
    yield ". ".join(carried_lines(names))
    yield earlier_effects_text(draft, names)
    yield _readings("Readings", draft)
    yield ". ".join(names.worse)
    yield draft.referral and f"Referral: {draft.referral}"
    yield "The patient was informed" if draft.patient_informed else ""
    yield draft.plan and f"Plan: {draft.plan}"


def _which_visit(names: Names) -> str:
    words = f"Session {names.visit_number}"
    if names.planned is not None and names.visit_number <= names.planned:
        words += f" of {names.planned}"
    return joined(words, names.complaint)


def consent_text(draft: VisitDraft, names: Names) -> str:
    """Return who consented to what, and a minor's guardian; "" where nothing is recorded."""
    guardian = f"guardian's consent: {names.guardian}" if names.guardian else ""
    return capitalized("; ".join(filter(None, (consent_in_words(draft), guardian))))


def earlier_effects_text(draft: VisitDraft, names: Names) -> str:
    """Return what became of the effects of earlier sessions, "" where it was not asked."""
    if draft.earlier_effects is None:
        return ""
    which = "; ".join(names.earlier_effects) or "Effects of earlier sessions"
    said = outcome_text(draft.earlier_effects, draft.earlier_effects_resolved_on)
    return f"{which}: {said}{bracketed(draft.earlier_effects_detail)}"


def blood_pressure_text(draft: VisitDraft) -> str:
    """Return "Blood pressure 132/84 mmHg", "" where it was not taken."""
    taken = draft.blood_pressure
    return f"Blood pressure {taken[0]}/{taken[1]} mmHg" if taken else ""


def _safety(draft: VisitDraft, names: Names) -> str:
    yes = [yes_in_words(a) for a in draft.answers if a.answer is Answer.YES]
    # A "no" with words beside it is one of the note's own lines.
    no = [f"{in_sentence(checklist.label(a.item))}: no" for a in draft.answers if _is_worded_no(a)]
    asking = interview_of(draft, names)
    groups = [no_in_words(group, asking) for group in answered_no(draft.answers)]
    parts = filter(None, ("; ".join((*yes, *no)), *groups))
    text = ". ".join(parts)
    return f"Safety: {in_sentence(text)}" if text else ""


def _is_worded_no(given: AnswerDraft) -> bool:
    return given.answer is Answer.NO and not given.is_plain_no


def interview_of(draft: VisitDraft, names: Names) -> Interview:
    """Return the session in which the questions were asked."""
    return Interview(draft.served_on, draft.answered_by, names.time_zone)


def carried_lines(names: Names) -> Iterator[str]:
    """Yield what stood from earlier sessions, of notes of every age."""
    yield from names.carried
    if names.carried_forward:
        yield f"Standing: {'; '.join(names.carried_forward)}"


def _readings(title: str, draft: VisitDraft) -> str:
    readings = [
        f"{_pain(p)} {reading_text(p.before)}{_source(p.before)}"
        for p in draft.pains
        if not p.before.is_blank
    ]
    readings += _few(
        f"{_rom(r)} {reading_text(r.before, '°')}" for r in draft.roms if not r.before.is_blank
    )
    return f"{title}: {', '.join(readings)}" if readings else ""


def _afterwards(draft: VisitDraft) -> str:
    parts = [
        f"{_pain(p)} {reading_text(p.after)}{change_text(p.before, p.after)}"
        for p in draft.pains
        if not p.after.is_blank
    ]
    parts += _few(
        f"{_rom(r)} {reading_text(r.after, '°')}{change_text(r.before, r.after, '°')}"
        for r in draft.roms
        if not r.after.is_blank
    )
    if draft.skin_response:
        parts.append(f"skin: {in_sentence(skin_responses.label(draft.skin_response))}")
    parts += [_effect(effect) for effect in draft.effects]
    return f"Afterwards: {', '.join(parts)}" if parts else ""


def _few(readings: Iterable[str]) -> list[str]:
    """Return the first readings, and how many more there are."""
    given = list(readings)
    more = len(given) - MOST_MOVEMENTS
    return given if more < 2 else [*given[:MOST_MOVEMENTS], f"and {more} more movements"]


def _pain(pain: PainDraft) -> str:
    return in_sentence(pain_contexts.label(pain.context)) + bracketed(pain.detail)


def _source(reading: Measured) -> str:
    return " (patient, on the tablet)" if reading.by_patient else ""


def _rom(rom: RomDraft) -> str:
    movement = movements.find(rom.movement)
    label = in_sentence(movements.label(rom.movement))
    side = f"{rom.side} " if movement is not None and movement.sided else ""
    return f"{rom.mode} {side}{label}"


def _use(use: UseDraft, names: Names) -> str:
    time = f" {with_unit(use.minutes, 'min')}" if use.minutes is not None else ""
    instrument = names.instruments.get(use.instrument_id, "")
    lubricant = names.lubricants.get(use.lubricant_id, "") if use.lubricant_id else ""
    return ", ".join(
        part
        for part in (
            f"{site_text(use.site)} treated{time}",
            in_sentence(strokes.label(use.stroke)),
            in_sentence(directions.label(use.direction)),
            str(use.pressure or ""),
            f"{use.angle_degrees}°" if use.angle_degrees is not None else "",
            f"with {instrument}" if instrument else "",
            lubricant,
        )
        if part
    )


def _also(draft: VisitDraft) -> str:
    done = [
        in_sentence(interventions.label(row.kind)) + bracketed(row.detail)
        for row in draft.interventions
    ]
    return f"Also: {', '.join(done)}" if done else ""


def _effect(effect: EffectDraft) -> str:
    where = effect.place or place_text(effect.region, effect.side)
    details = (
        where,
        f"grade {effect.grade}" if effect.grade is not None else "",
        with_unit(effect.size_cm, "cm") if effect.size_cm is not None else "",
        time_text(effect.lasted, effect.lasted_unit) if effect.lasted is not None else "",
        f"tenderness {effect.tenderness}" if effect.tenderness is not None else "",
        effect.detail,
        outcome_text(effect.outcome, effect.resolved_on),
    )
    return in_sentence(effects.label(effect.effect)) + bracketed(*details)


def _sentence(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "!", "?")) else f"{text}."
