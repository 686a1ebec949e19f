"""The drafts: one visit as frozen dataclasses, the input of every rule.

A draft is read from a submitted form, from stored rows, or from the sealed document of a signed
note. Rules, pages and the seal all read this one shape. Units are in the names; times of day are
in the clinic's time zone.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal

from clinic_notes.reference.terms import (
    Answer,
    AnsweredBy,
    ConsentBy,
    Decision,
    EffectOutcome,
    ForceSource,
    HowAsked,
    Mitigation,
    Mode,
    Pressure,
    ReadingState,
    Side,
    StrengthMethod,
    TimeUnit,
)


@dataclass(frozen=True)
class Site:
    """A body site: a region's key and the patient's side."""

    region: str
    side: Side


@dataclass(frozen=True)
class AnswerDraft:
    """The answer to one checklist item, and what was decided about a "yes"."""

    item: str
    answer: Answer = Answer.NOT_ASKED
    sites: tuple[Site, ...] = ()
    detail: str = ""
    reason: str = ""
    mitigation: Mitigation | None = None
    id: int | None = None
    answered_at: datetime | None = field(default=None, compare=False)
    """When it was answered: the moment of the tap, else of the first save (UTC). It is not
    compared: the same answer given at two times is equal."""
    how_asked: HowAsked | None = field(default=None, compare=False)
    """How it was asked for, None where that was not recorded. It is not compared either."""
    unchanged_since: date | None = field(default=None, compare=False)
    """The earlier day since which nothing has changed, of an answer that was so confirmed."""

    @property
    def is_plain_no(self) -> bool:
        """Say whether it is a "no" without a detail or a reason."""
        return self.answer is Answer.NO and not (self.detail or self.reason)


@dataclass(frozen=True)
class Measured:
    """One end of a before/after pair. Without a state nothing was entered."""

    state: ReadingState | None = None
    number: Decimal | None = None
    grade: str = ""
    by_patient: bool = field(default=False, compare=False)
    """Whether the patient entered it, on the tablet: it is not compared, like a time."""

    @property
    def is_blank(self) -> bool:
        """Say whether nothing was entered."""
        return self.state is None


BLANK = Measured()


@dataclass(frozen=True)
class PainDraft:
    """A pain rating, 0 to 10 (NPRS), in one context; contexts are never averaged."""

    context: str
    detail: str = ""
    before: Measured = BLANK
    after: Measured = BLANK
    id: int | None = None


@dataclass(frozen=True)
class RomDraft:
    """A joint movement in degrees, comparable only with the same mode, position and device."""

    movement: str
    side: Side
    mode: Mode
    position: str = ""
    device: str = ""
    before: Measured = BLANK
    after: Measured = BLANK
    id: int | None = None


@dataclass(frozen=True)
class StrengthDraft:
    """Strength of one movement: an MMT grade (ordinal) or newtons."""

    movement: str
    side: Side
    method: StrengthMethod
    before: Measured = BLANK
    after: Measured = BLANK
    id: int | None = None


@dataclass(frozen=True)
class MeasureDraft:
    """A linear or functional test, or a score; the catalogue entry gives its unit."""

    measure: str
    side: Side | None = None
    detail: str = ""
    before: Measured = BLANK
    after: Measured = BLANK
    id: int | None = None


@dataclass(frozen=True)
class UseDraft:
    """A treatment row: one instrument used at one site."""

    instrument_id: int
    region: str
    side: Side
    tissues: tuple[str, ...] = ()
    stroke: str = ""
    direction: str = ""
    angle_degrees: int | None = None
    pressure: Pressure | None = None
    newtons: Decimal | None = None
    newtons_source: ForceSource | None = None
    minutes: Decimal | None = None
    motion: str = ""
    lubricant_id: int | None = None
    discomfort: int | None = None
    note: str = ""
    id: int | None = None
    copied_from_id: int | None = None
    """The row of an earlier signed visit that this one was copied from."""
    is_confirmed: bool = False
    """Whether the therapist confirmed the copied values as what was done today."""

    @property
    def site(self) -> Site:
        """Return where the instrument was used."""
        return Site(self.region, self.side)


@dataclass(frozen=True)
class InterventionDraft:
    """Something else done in the session: exercise, stretch, taping, advice."""

    kind: str
    detail: str = ""
    minutes: Decimal | None = None
    billed_as: str = ""
    """A timed code other than the usual one of its kind, "" for that."""
    id: int | None = None


@dataclass(frozen=True)
class EffectDraft:
    """An effect of treatment, seen or reported; grade 0 (expected) to 4 (serious)."""

    effect: str
    grade: int | None = None
    region: str = ""
    side: Side | None = None
    place: str = ""
    size_cm: Decimal | None = None
    lasted: Decimal | None = None
    lasted_unit: TimeUnit = TimeUnit.DAYS
    tenderness: int | None = None
    onset: str = ""
    onset_after: Decimal | None = None
    """How long after treatment it began, in its unit."""
    onset_unit: TimeUnit | None = None
    detail: str = ""
    action: str = ""
    outcome: EffectOutcome | None = None
    """What became of it, None where that is not known yet."""
    resolved_on: date | None = None
    id: int | None = None

    @property
    def lasted_days(self) -> Decimal | None:
        """Return how long it lasted in days, whatever its unit."""
        return None if self.lasted is None else self.lasted / _PER_DAY[self.lasted_unit]


_PER_DAY = {TimeUnit.MINUTES: 24 * 60, TimeUnit.HOURS: 24, TimeUnit.DAYS: 1}


@dataclass(frozen=True)
class VisitDraft:
    """One visit as recorded so far."""

    served_on: date
    start_time: time | None = None
    end_time: time | None = None
    decision: Decision = Decision.TREATED
    not_treated_reason: str = ""
    referral: str = ""
    patient_informed: bool = False
    consent_by: ConsentBy | None = None
    """Who gave informed consent in this session, None where it was not asked for."""
    consent_about: str = ""
    """What was explained beyond the treatment rows."""
    answered_by: AnsweredBy | None = None
    """Who answered the safety questions, None where it was the patient alone."""
    systolic: int | None = None
    diastolic: int | None = None
    """Blood pressure in mmHg, where it was taken."""
    earlier_effects: EffectOutcome | None = None
    """What became of the effects of earlier sessions, None where it was not asked."""
    earlier_effects_detail: str = ""
    earlier_effects_resolved_on: date | None = None
    measured_by_id: int | None = None
    position: str = ""
    position_detail: str = ""
    skin_response: str = ""
    subjective: str = ""
    assessment: str = ""
    plan: str = ""
    timed_minutes: int | None = None
    total_minutes: int | None = None
    minutes_reason: str = ""
    """Why the minutes of the rows do not add up to these, where they do not."""
    repeated_from_id: int | None = None
    """The earlier signed visit whose treatment was repeated here last."""
    answers: tuple[AnswerDraft, ...] = ()
    pains: tuple[PainDraft, ...] = ()
    roms: tuple[RomDraft, ...] = ()
    strengths: tuple[StrengthDraft, ...] = ()
    measures: tuple[MeasureDraft, ...] = ()
    uses: tuple[UseDraft, ...] = ()
    interventions: tuple[InterventionDraft, ...] = ()
    effects: tuple[EffectDraft, ...] = ()

    @property
    def blood_pressure(self) -> tuple[int, int] | None:
        """Return systolic and diastolic, None where not both were entered."""
        if self.systolic is None or self.diastolic is None:
            return None
        return self.systolic, self.diastolic


@dataclass(frozen=True)
class LubricantContents:
    """A lubricant as the rules see it: its name, kind and contents."""

    name: str
    kind: str
    allergens: frozenset[str] = field(default_factory=frozenset)
    ingredients: str = ""
