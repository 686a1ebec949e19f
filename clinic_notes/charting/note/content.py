"""The content of a note in words: every value once, in the order of care."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby, zip_longest
from operator import itemgetter

from clinic_notes.charting.note.readings import Pair, readings_by_kind
from clinic_notes.clinical.billing import timed_units
from clinic_notes.clinical.drafts import AnswerDraft, EffectDraft, UseDraft, VisitDraft
from clinic_notes.clinical.how_asked import (
    Interview,
    answered_no,
    no_in_words,
    yes_asked_in_words,
)
from clinic_notes.clinical.summary import (
    Names,
    blood_pressure_text,
    carried_lines,
    consent_text,
    earlier_effects_text,
    interview_of,
    summary,
)
from clinic_notes.clinical.wording import (
    capitalized,
    day,
    in_sentence,
    joined,
    listed,
    number_text,
    outcome_text,
    place_text,
    site_text,
    time_text,
    with_unit,
)
from clinic_notes.reference.contraindications import checklist
from clinic_notes.reference.effects import effects, grades, onsets, skin_responses
from clinic_notes.reference.interventions import interventions
from clinic_notes.reference.regions import tissues
from clinic_notes.reference.techniques import directions, motions, positions, strokes
from clinic_notes.reference.terms import Answer, Mitigation
from clinic_notes.reference.timed_codes import timed_codes

MITIGATIONS = {
    Mitigation.REDUCE_PRESSURE: "pressure reduced",
    Mitigation.SHORTEN: "time shortened",
    Mitigation.AVOID_AREA: "area avoided",
    Mitigation.CLEARANCE_OBTAINED: "clearance obtained",
    Mitigation.EXPLAIN_CONSENT: "explained, consent given",
}


@dataclass(frozen=True)
class Treated:
    """One treatment row, as (what, value) pairs; absent values are left out."""

    where: str
    tissues: str
    instrument: str
    facts: tuple[tuple[str, str], ...]
    origin: str = ""
    """How much of it is as it was in the session it was repeated from."""
    id: int | None = None
    corrected: tuple[str, ...] = ()
    """That an addendum withdrew it."""


@dataclass(frozen=True)
class Screened:
    """One checklist item that was answered yes, or written about."""

    label: str
    question: str
    answer: str
    detail: str
    decision: str
    asked: str
    """How it was asked for, who answered, and when."""


@dataclass(frozen=True)
class AnsweredNo:
    """Plain "no" that were asked for in the same way."""

    words: str
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Note:
    """Everything a note shows, in words."""

    summary: str
    diagnosis: str
    goals: tuple[str, ...]
    yes: tuple[Screened, ...]
    no: tuple[AnsweredNo, ...]
    carried: tuple[str, ...]
    """What stood from earlier sessions."""
    evaluated_by: str
    """Which version of the clinic's policy, or the catalogue alone; "" in older notes."""
    earlier_effects: str
    """What became of the effects of earlier sessions; "" where it was not asked."""
    consent: tuple[str, ...]
    """Who consented to what, and the blood pressure."""
    pairs: tuple[tuple[str, tuple[Pair, ...]], ...]
    measured_by: str
    treated: tuple[Treated, ...]
    position: str
    also: tuple[str, ...]
    skin: str
    worse: tuple[str, ...]
    """What got worse in the session, or since the last two."""
    effects: tuple[str, ...]
    texts: tuple[tuple[str, str], ...]
    minutes: str


def note_of(draft: VisitDraft, names: Names) -> Note:
    """Return the note of a visit, draft or sealed."""
    asking = interview_of(draft, names)
    reported = tuple(_screened(a, names, asking) for a in draft.answers if not a.is_plain_no)
    return Note(
        summary=summary(draft, names=names),
        diagnosis=names.diagnosis,
        goals=names.goals,
        yes=reported,
        no=tuple(
            AnsweredNo(no_in_words(group, asking), tuple(map(checklist.label, group.items)))
            for group in answered_no(draft.answers)
        ),
        carried=tuple(carried_lines(names)),
        evaluated_by=names.evaluated_by,
        earlier_effects=earlier_effects_text(draft, names),
        consent=tuple(filter(None, (consent_text(draft, names), blood_pressure_text(draft)))),
        pairs=tuple((title, rows) for title, rows in readings_by_kind(draft) if rows),
        measured_by=names.measured_by,
        treated=tuple(
            _treated(use, names, origin)
            for use, origin in zip_longest(draft.uses, names.origins[: len(draft.uses)])
        ),
        position=joined(
            positions.label(draft.position) if draft.position else "", draft.position_detail
        ),
        also=tuple(_also(draft)),
        skin=skin_responses.label(draft.skin_response) if draft.skin_response else "",
        worse=names.worse,
        effects=tuple(effect_in_words(effect) for effect in draft.effects),
        texts=tuple(
            (title, text)
            for title, text in (
                ("Subjective", draft.subjective),
                ("Assessment", draft.assessment),
                ("Plan", draft.plan),
            )
            if text
        ),
        minutes=minutes_in_words(draft, names.services),
    )


def effect_in_words(effect: EffectDraft) -> str:
    """Return an effect with everything written about it."""
    where = place_text(effect.region, effect.side)
    grade = ""
    if effect.grade is not None:
        grade = f"grade {effect.grade} ({grades.label(str(effect.grade)).lower()})"
    tender = f"tender {effect.tenderness} of 10" if effect.tenderness is not None else ""
    began = f"began {onsets.label(effect.onset).lower()}" if effect.onset else ""
    size = with_unit(effect.size_cm, "cm") if effect.size_cm is not None else ""
    return joined(
        effects.label(effect.effect),
        where,
        effect.place,
        size,
        _lasted(effect),
        tender,
        grade,
        began,
        _began_after(effect),
        effect.detail,
        f"done: {effect.action}" if effect.action else "",
        outcome_text(effect.outcome, effect.resolved_on),
    )


def _began_after(effect: EffectDraft) -> str:
    if effect.onset_after is None or effect.onset_unit is None:
        return ""
    return f"{time_text(effect.onset_after, effect.onset_unit)} after treatment"


def earlier_effects_in_words(
    effects: Iterable[tuple[date, EffectDraft]],
) -> Iterator[str]:
    """Yield "After the session of 4 Mar 2026: bruise, grade 2" for each of these sessions."""
    for on, group in groupby(effects, key=itemgetter(0)):
        yield f"After the session of {day(on)}: {'; '.join(effect_in_words(e) for _, e in group)}"


def _lasted(effect: EffectDraft) -> str:
    if effect.lasted is None:
        return ""
    return time_text(effect.lasted, effect.lasted_unit)


def _screened(given: AnswerDraft, names: Names, asking: Interview) -> Screened:
    where = listed([site_text(site) for site in given.sites])
    mitigation = MITIGATIONS[given.mitigation] if given.mitigation else ""
    return Screened(
        label=checklist.label(given.item),
        question=names.questions.get(given.item, ""),
        answer="not asked" if given.answer is Answer.NOT_ASKED else given.answer.value,
        detail=joined(capitalized(where), given.detail),
        decision=joined(given.reason, mitigation),
        asked=yes_asked_in_words(given, asking),
    )


def _treated(use: UseDraft, names: Names, origin: str | None) -> Treated:
    def shown(title: str, value: object, unit: str = "") -> tuple[str, str] | None:
        if value in (None, ""):
            return None
        text = value if isinstance(value, str) else number_text(value)  # type: ignore[arg-type]
        return title, f"{text}{unit}"

    lubricant = names.lubricants.get(use.lubricant_id, "") if use.lubricant_id else ""
    facts = (
        shown("Stroke", strokes.label(use.stroke)),
        shown("Direction", directions.label(use.direction)),
        shown("Angle", use.angle_degrees, "°"),
        shown("Pressure", capitalized(str(use.pressure or ""))),
        shown("Force", use.newtons, f" N, {use.newtons_source}"),
        shown("Time", use.minutes, " min"),
        shown("Motion", motions.label(use.motion)),
        shown("Lubricant", lubricant),
        shown("Discomfort", use.discomfort, " of 10"),
        shown("Remark", use.note),
    )
    return Treated(
        where=capitalized(site_text(use.site)),
        tissues=listed([in_sentence(tissues.label(key)) for key in use.tissues]),
        instrument=names.instruments.get(use.instrument_id, ""),
        facts=tuple(fact for fact in facts if fact is not None),
        origin=origin or "",
        id=use.id,
    )


def _also(draft: VisitDraft) -> Iterator[str]:
    for row in draft.interventions:
        minutes = f"{number_text(row.minutes)} min" if row.minutes is not None else ""
        name = interventions.label(row.kind)
        billed = in_sentence(timed_codes.label(row.billed_as))
        yield joined(
            f"{name}: {row.detail}" if row.detail else name,
            minutes,
            f"billed as {billed}" if billed else "",
        )


def minutes_in_words(draft: VisitDraft, services: str) -> str:
    """Return timed and total minutes, the units they make, and of which services."""
    if draft.timed_minutes is None and draft.total_minutes is None:
        return ""
    timed = "not recorded" if draft.timed_minutes is None else f"{draft.timed_minutes} min"
    total = "not recorded" if draft.total_minutes is None else f"{draft.total_minutes} min"
    units = timed_units(draft.timed_minutes or 0)
    said = f"Timed {timed}, total {total}; {units} {'unit' if units == 1 else 'units'} (CMS)"
    said = f"{said}: {services}" if services else said
    return f"{said}. Why they differ: {draft.minutes_reason}" if draft.minutes_reason else said
