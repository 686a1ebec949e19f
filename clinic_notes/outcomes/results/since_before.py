"""What changed since another period: completeness, responders, pain."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from clinic_notes.clinical.change import Response
from clinic_notes.outcomes.facts.models import Pairing
from clinic_notes.outcomes.results import queries
from clinic_notes.outcomes.results.question import Question
from clinic_notes.outcomes.results.sentences import MEAN, RATE, Periods, Sentence, sentence

PainPairs = Mapping[tuple[float, float], int]


@dataclass(frozen=True)
class Now:
    """What the page has counted of the period already."""

    paired: int
    sessions: int
    responses: Counter[Response]
    pain: PainPairs


def since_before(question: Question, now: Now, before: Counter[Response]) -> tuple[Sentence, ...]:
    """Return a sentence on each of three figures; ``before`` are the responses compared with."""
    compared = question.compared
    both = replace(question, start=compared.start)
    since = (question.start.year, question.start.month)
    earlier = Counter[Pairing]()
    for kinds in queries.pairings(compared).values():
        earlier.update(kinds["pain"])
    return (
        sentence(
            "Sessions with complete pairs of pain ratings",
            "sessions",
            RATE,
            Periods(
                (now.paired, now.sessions),
                _paired(earlier),
                {month: _paired(one) for month, one in queries.monthly_pairings(both).items()},
                since,
            ),
        ),
        sentence(
            "Patients with meaningful pain relief",
            "episodes known",
            RATE,
            Periods(
                _responded(now.responses),
                _responded(before),
                {month: _responded(one) for month, one in queries.monthly(both).items()},
                since,
            ),
        ),
        sentence(
            "Mean change in pain over an episode",
            "episodes with two ratings",
            MEAN,
            Periods(
                _changes(now.pain),
                _changes(queries.pain_pairs(compared)),
                queries.monthly_pain(both),
                since,
            ),
        ),
    )


def _paired(counts: Counter[Pairing]) -> tuple[int, int]:
    return counts[Pairing.PAIRED], counts.total()


def _responded(counts: Counter[Response]) -> tuple[int, int]:
    responded = counts[Response.RESPONDED]
    return responded, responded + counts[Response.NOT_RESPONDED]


def _changes(pairs: PainPairs) -> list[float]:
    return [last - first for (first, last), count in pairs.items() for _ in range(count)]
