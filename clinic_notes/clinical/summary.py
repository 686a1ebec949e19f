"""The summary of a visit: one paragraph, made from its structured data."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from clinic_notes.clinical.drafts import (
    AnswerDraft,
    EffectDraft,
    PainDraft,
    RomDraft,
    Site,
    UseDraft,
    VisitDraft,
)
from clinic_notes.clinical.readings import change_text, reading_text
from clinic_notes.clinical.screening import CarriedForward, PriorAnswer
from clinic_notes.clinical.screening.consent import consent_in_words
from clinic_notes.clinical.wording import (
    capitalized,
    day,
    in_sentence,
    listed,
    site_text,
    with_unit,
)
from clinic_notes.reference.contraindications import checklist
from clinic_notes.reference.effects import effects, skin_responses
from clinic_notes.reference.interventions import interventions
from clinic_notes.reference.movements import movements
from clinic_notes.reference.pain import pain_contexts
from clinic_notes.reference.techniques import directions, strokes
from clinic_notes.reference.terms import Answer, Decision, Mitigation, Pressure

_WENT_ON = {
    Mitigation.REDUCE_PRESSURE: "with reduced pressure",
    Mitigation.SHORTEN: "for a shorter time",
    Mitigation.AVOID_AREA: "avoiding the area",
    Mitigation.CLEARANCE_OBTAINED: "with clearance obtained",
    Mitigation.EXPLAIN_CONSENT: "after explanation and consent",
}

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
    """Each "yes" of an earlier session that was active in this one, in words."""
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


def summary(draft: VisitDraft, *, names: Names) -> str:
    """Return the visit in sentences; what was not entered is left out."""
    in_words = _treated if draft.decision is Decision.TREATED else _not_treated
    parts = in_words(draft, names)
    return " ".join(_sentence(part) for part in parts if part)


def _treated(draft: VisitDraft, names: Names) -> Iterator[str]:
    yield _which_visit(names)
    yield consent_text(draft, names)
    yield _safety(draft.answers)
    yield blood_pressure_text(draft)
    yield _carried_forward(names)
    yield _readings("Before", draft)
    yield capitalized("; ".join(_use(use, names) for use in draft.uses))
    yield names.repeated
    yield _also(draft)
    yield _afterwards(draft)
    yield draft.plan and f"Plan: {draft.plan}"


def _not_treated(draft: VisitDraft, names: Names) -> Iterator[str]:
    yield f"{_which_visit(names)}: screened, not treated"
    yield draft.not_treated_reason and f"Reason: {draft.not_treated_reason}"
    yield _safety(draft.answers)
    yield blood_pressure_text(draft)
    yield _carried_forward(names)
    yield _readings("Readings", draft)
    yield draft.referral and f"Referral: {draft.referral}"
    yield "The patient was informed" if draft.patient_informed else ""
    yield draft.plan and f"Plan: {draft.plan}"


def _which_visit(names: Names) -> str:
    words = f"Session {names.visit_number}"
    if names.planned is not None and names.visit_number <= names.planned:
        words += f" of {names.planned}"
    return f"{words} for {in_sentence(names.complaint)}" if names.complaint else words


def consent_text(draft: VisitDraft, names: Names) -> str:
    """Return who consented to what, and a minor's guardian; "" where nothing is recorded."""
    guardian = f"guardian's consent: {names.guardian}" if names.guardian else ""
    return capitalized("; ".join(filter(None, (consent_in_words(draft), guardian))))


def blood_pressure_text(draft: VisitDraft) -> str:
    """Return "Blood pressure 132/84 mmHg", "" where it was not taken."""
    taken = draft.blood_pressure
    return f"Blood pressure {taken[0]}/{taken[1]} mmHg" if taken else ""


def _safety(answers: Iterable[AnswerDraft]) -> str:
    given = [a for a in answers if a.answer is not Answer.NOT_ASKED]
    yes = [yes_in_words(a) for a in given if a.answer is Answer.YES]
    if yes:
        return f"Safety: {'; '.join(yes)}"
    if not given:
        return ""
    return f"Safety: {len(given)} question{'' if len(given) == 1 else 's'} asked, none answered yes"


def _carried_forward(names: Names) -> str:
    return f"Standing: {'; '.join(names.carried_forward)}" if names.carried_forward else ""


def carried_forward_in_words(carried_forward: Iterable[CarriedForward]) -> tuple[str, ...]:
    """Return each as ``osteoporosis (answered 16 Nov 2026), pressure at most moderate``."""
    return tuple(_earlier_yes(earlier.asked, earlier.pressure_cap) for earlier in carried_forward)


def _earlier_yes(asked: PriorAnswer, cap: Pressure | None) -> str:
    where = listed([site_text(site) for site in asked.sites])
    reason = f"reason: {asked.reason.strip().rstrip('.')}" if asked.reason.strip() else ""
    words = in_sentence(checklist.label(asked.item)) + _bracketed(
        where, asked.detail, f"answered {day(asked.asked_on)}", reason
    )
    if cap is not None:
        return f"{words}, pressure at most {cap}"
    return f"{words}, {_WENT_ON[asked.mitigation]}" if asked.mitigation else words


def yes_in_words(given: AnswerDraft) -> str:
    """Return a "yes" with its sites, its detail, and what was decided about it."""
    where = listed([site_text(site) for site in given.sites])
    words = in_sentence(checklist.label(given.item)) + _bracketed(where, given.detail)
    if given.mitigation is not None:
        words += f", went on {_WENT_ON[given.mitigation]}"
    reason = given.reason.strip().rstrip(".")
    return f"{words} (reason: {reason})" if reason else words


def _readings(title: str, draft: VisitDraft) -> str:
    readings = [
        f"{_pain(p)} {reading_text(p.before)}" for p in draft.pains if not p.before.is_blank
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
    return in_sentence(pain_contexts.label(pain.context)) + _bracketed(pain.detail)


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
        in_sentence(interventions.label(row.kind)) + _bracketed(row.detail)
        for row in draft.interventions
    ]
    return f"Also: {', '.join(done)}" if done else ""


def _effect(effect: EffectDraft) -> str:
    where = effect.place
    if not where and effect.region and effect.side is not None:
        where = site_text(Site(effect.region, effect.side))
    details = (
        where,
        f"grade {effect.grade}" if effect.grade is not None else "",
        with_unit(effect.size_cm, "cm") if effect.size_cm is not None else "",
        with_unit(effect.lasted_days, "days") if effect.lasted_days is not None else "",
        f"tenderness {effect.tenderness}" if effect.tenderness is not None else "",
        effect.detail,
    )
    return in_sentence(effects.label(effect.effect)) + _bracketed(*details)


def _bracketed(*details: str) -> str:
    given = ", ".join(detail.strip() for detail in details if detail.strip())
    return f" ({given})" if given else ""


def _sentence(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "!", "?")) else f"{text}."
