"""The content of the results page, from what the queries count."""

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from clinic_notes.clinical.change import Response, Verdict
from clinic_notes.outcomes.facts.models import Pairing
from clinic_notes.outcomes.labels import measured_label
from clinic_notes.outcomes.results import queries
from clinic_notes.outcomes.results.charts import MonthChart, RateChart, month_chart, rate_chart
from clinic_notes.outcomes.results.dimensions import DIMENSIONS, Dimension
from clinic_notes.outcomes.results.figures import Cell, cells, rate_of, share
from clinic_notes.outcomes.results.funnel_chart import FunnelChart, funnel_chart
from clinic_notes.outcomes.results.pain_change import PainChange, pain_change
from clinic_notes.outcomes.results.question import Question
from clinic_notes.outcomes.results.sentences import Sentence
from clinic_notes.outcomes.results.since_before import Now, since_before
from clinic_notes.outcomes.statistics.intervals import Estimate
from clinic_notes.reference.effects import skin_responses

VERDICTS = {
    Verdict.MEANINGFUL: "Meaningful",
    Verdict.REAL: "Beyond error",
    Verdict.SMALL: "Real but small",
    Verdict.WITHIN_ERROR: "Within error",
    Verdict.WORSE: "Worse",
    Verdict.NOT_JUDGED: "Not judged",
    Verdict.NOT_COMPARABLE: "No pair",
}
SKIN = ("erythema", "petechiae", "ecchymosis", "broken_skin")
ADVERSE = "adverse"
"""Beside the skin responses: sessions with an effect of grade 1 or more."""
SAFETY = ("pressure", "instrument", "region", "lubricant")


@dataclass(frozen=True)
class Completeness:
    """How many of a therapist's sessions have pairs, by kind of reading."""

    therapist_id: int
    therapist: str
    sessions: int
    kinds: tuple[tuple[int, int, int], ...]
    """Of each kind: sessions with pairs, with an incomplete one, with none."""


@dataclass(frozen=True)
class Measured:
    """The verdicts of one thing measured, in the order of ``VERDICTS``."""

    key: str
    """Kind and key, as an address names it."""
    label: str
    n: int
    counts: tuple[int, ...]


@dataclass(frozen=True)
class SkinRow:
    """The skin responses of the sessions of one value."""

    value: Any
    label: str
    sessions: int
    shares: tuple[Estimate | None, ...]


@dataclass(frozen=True)
class Results:
    """All of the page."""

    question: Question
    changed: tuple[Sentence, ...]
    completeness: tuple[Completeness, ...]
    totals: Counter[Response]
    clinic: Estimate | None
    before: Estimate | None
    open: int
    cells: list[Cell]
    chart: RateChart
    months: MonthChart | None
    pain: PainChange | None
    funnel: FunnelChart | None
    measured: tuple[Measured, ...]
    skin: tuple[tuple[Dimension, tuple[SkinRow, ...]], ...]

    @property
    def closed(self) -> int:
        """Return how many episodes were closed in the period."""
        return sum(self.totals.values())


def results(question: Question) -> Results:
    """Return what the page shows for a question."""
    split = cells(queries.responses(question), question.by)
    totals, pairs = queries.all_responses(question), queries.pain_pairs(question)
    before = queries.all_responses(question.compared)
    complete, clinic = completeness(question), rate_of(totals)
    now = Now(
        sum(row.kinds[0][0] for row in complete),
        sum(row.sessions for row in complete),
        totals,
        pairs,
    )
    return Results(
        question=question,
        changed=since_before(question, now, before),
        completeness=complete,
        totals=totals,
        clinic=clinic,
        before=rate_of(before),
        open=queries.episodes_open(question),
        cells=split,
        chart=rate_chart(split, clinic),
        months=month_chart(queries.monthly(question)),
        pain=pain_change(pairs),
        funnel=funnel_chart(_by_therapist(question, split), clinic),
        measured=measured(question),
        skin=tuple((DIMENSIONS[by], skin(question, by)) for by in SAFETY),
    )


def _by_therapist(question: Question, split: list[Cell]) -> list[Cell]:
    therapist = DIMENSIONS["therapist"]
    if question.by is therapist:
        return split
    return cells(queries.responses(replace(question, by=therapist)), therapist)


def completeness(question: Question) -> tuple[Completeness, ...]:
    """Return each therapist's share of sessions with pairs, by name."""
    name = DIMENSIONS["therapist"].labels()
    rows = (
        Completeness(
            therapist_id,
            name(therapist_id),
            sum(kinds["pain"].values()),
            tuple(_pairs(kinds[kind]) for kind in queries.KINDS),
        )
        for therapist_id, kinds in queries.pairings(question).items()
    )
    return tuple(sorted(rows, key=lambda row: row.therapist))


def measured(question: Question) -> tuple[Measured, ...]:
    """Return the verdicts by thing measured, the most frequent first."""
    rows = (
        Measured(
            f"{kind}:{key}",
            measured_label(kind, key),
            sum(found.values()),
            tuple(found[verdict] for verdict in VERDICTS),
        )
        for (kind, key), found in queries.verdicts(question).items()
    )
    return tuple(sorted(rows, key=lambda row: (-row.n, row.label)))


def skin(question: Question, by: str) -> tuple[SkinRow, ...]:
    """Return the skin responses by one split, in its order."""
    dimension, found = DIMENSIONS[by], queries.skin(question, by)
    label = dimension.labels()
    order = {value: number for number, value in enumerate(dimension.order)}
    values = sorted(
        (value for value in found if value),
        key=lambda value: (order.get(str(value), 0), -found[value]["any"]),
    )
    return tuple(
        SkinRow(value, label(value), found[value]["any"], _shares(found[value])) for value in values
    )


def skin_titles() -> list[str]:
    """Return the heads of the columns of skin responses."""
    return [*(skin_responses.label(key) for key in SKIN), "Adverse, grade 1 or more"]


def _shares(found: Counter[str]) -> tuple[Estimate | None, ...]:
    return tuple(share(found[key], found["any"]) for key in (*SKIN, ADVERSE))


def _pairs(found: Counter[Pairing]) -> tuple[int, int, int]:
    return found[Pairing.PAIRED], found[Pairing.INCOMPLETE], found[Pairing.NONE]
