"""By what results are split and filtered: each with its column and the label of a value."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import case, extract, func, select

from clinic_notes.accounts.models import User
from clinic_notes.charting.models import InstrumentUse
from clinic_notes.clinical.wording import capitalized
from clinic_notes.core.db import db
from clinic_notes.equipment.models import Instrument, Lubricant
from clinic_notes.outcomes.facts.models import Chronicity, EpisodeFact
from clinic_notes.patients.models import Episode, Patient
from clinic_notes.reference.instruments import materials
from clinic_notes.reference.lubricants import lubricant_kinds
from clinic_notes.reference.regions import regions
from clinic_notes.reference.techniques import strokes

AGES = ((30, "Under 30"), (45, "30 to 44"), (60, "45 to 59"), (75, "60 to 74"))
OLDEST = "75 and over"

CHRONICITIES = {
    Chronicity.ACUTE: "Under 6 weeks",
    Chronicity.SUBACUTE: "6 to 12 weeks",
    Chronicity.CHRONIC: "Over 12 weeks",
    Chronicity.UNKNOWN: "Onset not recorded",
}


@dataclass(frozen=True)
class Dimension:
    """One way to split results."""

    key: str
    title: str
    column: Any
    labels: Callable[[], Callable[[Any], str]]
    """Returns what names a value; what it needs of the store is read once."""
    order: tuple[str, ...] = ()
    """The values in their own order; else the most frequent comes first."""
    is_of_uses: bool = False
    """Whether a session can have several values; it counts once in each."""
    table: Any = None
    """Where the column is, if it is in no fact: of the patient, or of the episode."""

    @property
    def needs_number(self) -> bool:
        """Say whether its values are ids."""
        return self.key in ("therapist", "instrument")


def _years() -> Any:
    """Return the patient's whole years at the start of the episode, in SQL of both stores."""
    opened, born = EpisodeFact.opened_on, Patient.born_on
    day = [extract("month", on) * 100 + extract("day", on) for on in (opened, born)]
    years = extract("year", opened) - extract("year", born)
    return years - case((day[0] < day[1], 1), else_=0)


def _age_band() -> Any:
    years = _years()
    return case(*((years < limit, label) for limit, label in AGES), else_=OLDEST)


def _same() -> Callable[[Any], str]:
    return str


def _written() -> Callable[[Any], str]:
    return lambda text: text or "Not recorded"


def _diagnosis_group() -> Any:
    """Return the category of the first diagnosis: what stands before the point of its code."""
    # ICD-10: three characters are a category (WHO, ICD-10 volume 2, 2.4.2).
    return func.substr(Episode.diagnoses, 1, 3)


def _catalogue(entries: Any) -> Callable[[], Callable[[Any], str]]:
    return lambda: lambda key: entries.label(key) if key else "Not recorded"


def _words() -> Callable[[Any], str]:
    return lambda term: capitalized(str(term)) if term else "Not recorded"


def _names(table: Any) -> Callable[[], Callable[[Any], str]]:
    def labels() -> Callable[[Any], str]:
        named = {row.id: row.name for row in db.session.execute(select(table.id, table.name))}
        return lambda number: named.get(number, "Not recorded")

    return labels


DIMENSIONS = {
    one.key: one
    for one in (
        Dimension("region", "Region", EpisodeFact.region, _catalogue(regions)),
        Dimension("therapist", "Therapist", EpisodeFact.therapist_id, _names(User)),
        Dimension(
            "chronicity",
            "Time since onset",
            EpisodeFact.chronicity,
            lambda: lambda key: CHRONICITIES.get(key, "Not recorded"),
            tuple(CHRONICITIES),
        ),
        Dimension(
            "age",
            "Age",
            _age_band(),
            _same,
            (*(label for _, label in AGES), OLDEST),
            table=Patient,
        ),
        Dimension("referrer", "Referrer", Episode.referral, _written, table=Episode),
        Dimension("diagnosis", "Diagnosis group", _diagnosis_group(), _written, table=Episode),
        Dimension(
            "instrument",
            "Instrument",
            InstrumentUse.instrument_id,
            _names(Instrument),
            is_of_uses=True,
        ),
        Dimension(
            "material", "Material", Instrument.material, _catalogue(materials), is_of_uses=True
        ),
        Dimension(
            "pressure",
            "Pressure",
            InstrumentUse.pressure,
            _words,
            ("light", "moderate", "firm", "heavy"),
            is_of_uses=True,
        ),
        Dimension("stroke", "Stroke", InstrumentUse.stroke, _catalogue(strokes), is_of_uses=True),
        Dimension(
            "lubricant",
            "Lubricant",
            Lubricant.kind,
            _catalogue(lubricant_kinds),
            is_of_uses=True,
        ),
    )
}
