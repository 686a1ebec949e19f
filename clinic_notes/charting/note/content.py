"""The content of a note in words: every value once, in the order of care."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from clinic_notes.charting.note.readings import Pair, readings_by_kind
from clinic_notes.clinical.billing import timed_units
from clinic_notes.clinical.drafts import AnswerDraft, EffectDraft, Site, UseDraft, VisitDraft
from clinic_notes.clinical.summary import Names, blood_pressure_text, consent_text, summary
from clinic_notes.clinical.wording import (
    capitalized,
    in_sentence,
    joined,
    listed,
    number_text,
    site_text,
    with_unit,
)
from clinic_notes.reference.contraindications import checklist
from clinic_notes.reference.effects import effects, grades, onsets, skin_responses
from clinic_notes.reference.interventions import interventions
from clinic_notes.reference.regions import tissues
from clinic_notes.reference.techniques import directions, motions, positions, strokes
from clinic_notes.reference.terms import Answer, Mitigation

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


@dataclass(frozen=True)
class Screened:
    """One checklist item that was answered yes, or written about."""

    label: str
    question: str
    answer: str
    detail: str
    decision: str


@dataclass(frozen=True)
class Note:
    """Everything a note shows, in words."""

    summary: str
    diagnosis: str
    goals: tuple[str, ...]
    yes: tuple[Screened, ...]
    no: tuple[str, ...]
    carried_forward: tuple[str, ...]
    evaluated_by: str
    """Which version of the clinic's policy, or the catalogue alone; "" in older notes."""
    consent: tuple[str, ...]
    """Who consented to what, and the blood pressure."""
    pairs: tuple[tuple[str, tuple[Pair, ...]], ...]
    measured_by: str
    treated: tuple[Treated, ...]
    position: str
    also: tuple[str, ...]
    skin: str
    effects: tuple[str, ...]
    texts: tuple[tuple[str, str], ...]
    minutes: str


def note_of(draft: VisitDraft, names: Names) -> Note:
    """Return the note of a visit, draft or sealed."""
    reported = tuple(_screened(a, names) for a in draft.answers if not a.is_plain_no)
    return Note(
        summary=summary(draft, names=names),
        diagnosis=names.diagnosis,
        goals=names.goals,
        yes=reported,
        no=tuple(checklist.label(a.item) for a in draft.answers if a.is_plain_no),
        carried_forward=names.carried_forward,
        evaluated_by=names.evaluated_by,
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
        minutes=_minutes(draft),
    )


def effect_in_words(effect: EffectDraft) -> str:
    """Return an effect with everything written about it."""
    where = ""
    if effect.region:
        where = site_text(Site(effect.region, effect.side)) if effect.side else effect.region
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
        effect.detail,
        f"done: {effect.action}" if effect.action else "",
    )


def _lasted(effect: EffectDraft) -> str:
    if effect.lasted_days is None:
        return ""
    return f"{number_text(effect.lasted_days)} {'day' if effect.lasted_days == 1 else 'days'}"


def _screened(given: AnswerDraft, names: Names) -> Screened:
    where = listed([site_text(site) for site in given.sites])
    mitigation = MITIGATIONS[given.mitigation] if given.mitigation else ""
    return Screened(
        label=checklist.label(given.item),
        question=names.questions.get(given.item, ""),
        answer="not asked" if given.answer is Answer.NOT_ASKED else given.answer.value,
        detail=joined(capitalized(where), given.detail),
        decision=joined(given.reason, mitigation),
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
    )


def _also(draft: VisitDraft) -> Iterator[str]:
    for row in draft.interventions:
        minutes = f"{number_text(row.minutes)} min" if row.minutes is not None else ""
        yield joined(f"{interventions.label(row.kind)}: {row.detail}", minutes)


def _minutes(draft: VisitDraft) -> str:
    if draft.timed_minutes is None and draft.total_minutes is None:
        return ""
    timed = "not recorded" if draft.timed_minutes is None else f"{draft.timed_minutes} min"
    total = "not recorded" if draft.total_minutes is None else f"{draft.total_minutes} min"
    units = timed_units(draft.timed_minutes or 0)
    return f"Timed {timed}, total {total}; {units} {'unit' if units == 1 else 'units'} (CMS)"
