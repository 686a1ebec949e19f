"""The fixed terms that every layer shares: sides, severities, answers.

Terms are here, and not in a catalogue file, where a rule depends on each of them. Lists that a
clinic may want to extend are catalogues.
"""

from enum import StrEnum


class Side(StrEnum):
    """Which side of the body, always the patient's own."""

    LEFT = "left"
    RIGHT = "right"
    BILATERAL = "bilateral"
    MIDLINE = "midline"


class Sex(StrEnum):
    """The patient's sex, as recorded on the chart."""

    FEMALE = "female"
    MALE = "male"
    OTHER = "other"
    UNKNOWN = "unknown"


class Severity(StrEnum):
    """How serious a "yes" on the checklist is (clinical.md 4.1)."""

    ABSOLUTE = "absolute"
    RELATIVE = "relative"
    MODIFIER = "modifier"


class Scope(StrEnum):
    """Whether a contraindication concerns the whole session or one region."""

    SESSION = "session"
    REGION = "region"


class Reach(StrEnum):
    """How far from the site it is about a "yes" applies (clinical.md 4.3)."""

    SITE = "site"
    NEIGHBOURS = "neighbours"
    """The site and the regions next to it."""
    LIMB = "limb"
    """The site, the regions next to it, and the whole arm or leg on that side."""


class Answer(StrEnum):
    """A checklist answer. "Not asked" is never "no"."""

    YES = "yes"
    NO = "no"
    NOT_ASKED = "not_asked"


class HowAsked(StrEnum):
    """How an answer to a safety question was asked for."""

    ONE_BY_ONE = "one_by_one"
    UNCHANGED = "unchanged"
    """The patient stated that nothing has changed since an earlier day."""
    IN_ONE_STEP = "in_one_step"
    """All questions that were still open were answered no at once."""


class AnsweredBy(StrEnum):
    """Who answered the safety questions, where it was not the patient alone."""

    INTERPRETER = "interpreter"
    """The patient, through an interpreter."""
    GUARDIAN = "guardian"
    REPRESENTATIVE = "representative"


class TimeUnit(StrEnum):
    """The unit of a time that an effect of treatment began after, or lasted."""

    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"


class EffectOutcome(StrEnum):
    """What became of an effect of treatment."""

    RESOLVED = "resolved"
    BETTER = "better"
    """Better, and not gone."""
    UNCHANGED = "unchanged"
    WORSE = "worse"


class Mitigation(StrEnum):
    """What the therapist does about a precaution when treating (clinical.md 4.1)."""

    REDUCE_PRESSURE = "reduce_pressure"
    SHORTEN = "shorten"
    AVOID_AREA = "avoid_area"
    CLEARANCE_OBTAINED = "clearance_obtained"
    EXPLAIN_CONSENT = "explain_consent"


class Pressure(StrEnum):
    """The pressure as rated by the therapist: ordinal, so never averaged."""

    LIGHT = "light"
    MODERATE = "moderate"
    FIRM = "firm"
    HEAVY = "heavy"

    @property
    def rank(self) -> int:
        """Return 1 for light to 4 for heavy."""
        return list(Pressure).index(self) + 1


class ForceSource(StrEnum):
    """Whether a force in newtons was measured or estimated."""

    MEASURED = "measured"
    ESTIMATED = "estimated"


class Mode(StrEnum):
    """Who moves the joint: the patient (AROM) or the therapist (PROM)."""

    ACTIVE = "active"
    PASSIVE = "passive"


class StrengthMethod(StrEnum):
    """How strength was tested: by hand on the MMT scale, or with a dynamometer in newtons."""

    MMT = "mmt"
    DYNAMOMETER = "dynamometer"


class ReadingState(StrEnum):
    """How a reading was taken, or why there is none. A blank field is no state."""

    MEASURED = "measured"
    PAIN_LIMITED = "pain_limited"
    NOT_TESTED = "not_tested"
    NOT_APPLICABLE = "not_applicable"


class Decision(StrEnum):
    """The outcome of the screening."""

    TREATED = "treated"
    NOT_TREATED = "not_treated"


class AgreedBy(StrEnum):
    """Who agreed to a goal, with the therapist who recorded it."""

    PATIENT = "patient"
    PATIENT_AND_CARER = "patient_and_carer"
    CARER = "carer"
    """A parent, guardian or carer, for a patient who cannot."""
    NOT_YET = "not_yet"


class CodeSystem(StrEnum):
    """The classification a diagnosis is coded in."""

    ICD10CM = "icd10cm"
    """The clinical modification used in the United States."""
    ICD10 = "icd10"
    """The international edition of the WHO."""


class ConsentBy(StrEnum):
    """Who gave informed consent to the treatment."""

    PATIENT = "patient"
    GUARDIAN = "guardian"
    REPRESENTATIVE = "representative"


class Confidence(StrEnum):
    """How sure a catalogue entry is (the tags of the clinical reference).

    ``seen``: read in a stored copy of the source; ``known``: professional knowledge,
    not re-read; ``unverified``: needs a check; ``proposed``: an engineering choice.
    """

    SEEN = "seen"
    KNOWN = "known"
    UNVERIFIED = "unverified"
    PROPOSED = "proposed"
