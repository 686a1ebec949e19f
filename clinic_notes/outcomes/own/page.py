"""The content of a therapist's own page: their figures and the clinic's, side by side."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from clinic_notes.accounts.models import User
from clinic_notes.clinical.change import Response
from clinic_notes.outcomes.facts.models import Pairing
from clinic_notes.outcomes.results import queries
from clinic_notes.outcomes.results.dimensions import DIMENSIONS
from clinic_notes.outcomes.results.figures import FEWEST, rate_of, share
from clinic_notes.outcomes.results.pain_change import pain_change
from clinic_notes.outcomes.results.question import Question
from clinic_notes.outcomes.statistics.intervals import Estimate

FEWEST_COLLEAGUES = 2
"""With one colleague each could subtract themselves and read the other's figures (proposed)."""
OF_A_COLLEAGUE = (
    f"hidden: fewer than {FEWEST_COLLEAGUES} colleagues with {FEWEST} or more, "
    "so it would be the figure of one of them"
)

Counts = dict[str, Counter[Pairing]]


@dataclass(frozen=True)
class Cell:
    """A figure with its interval and n, or why it is hidden."""

    figure: Estimate | None
    why_hidden: str = ""


@dataclass(frozen=True)
class Row:
    """One figure of the therapist and of the clinic."""

    label: str
    own: Cell
    clinic: Cell
    is_share: bool = True
    """Whether it is a share, not a mean."""


@dataclass(frozen=True)
class OwnResults:
    """All of the page."""

    completeness: tuple[Row, ...]
    outcomes: tuple[Row, ...]
    responses: Counter[Response]
    """The therapist's closed episodes."""
    open: int
    """The therapist's episodes that are not closed."""


def own_results(question: Question, user: User) -> OwnResults:
    """Return the figures of a user and of their clinic, for a question without filters."""
    mine = replace(question, only={"therapist": user.id})
    responses = queries.responses(replace(question, by=DIMENSIONS["therapist"]))
    own = responses.get(user.id, Counter())
    others = [counts.total() for one, counts in responses.items() if one != user.id]
    is_shown = _is_of_nobody(others)
    outcomes = (
        Row(
            "Patients with meaningful pain relief",
            _cell(rate_of(own), _known(own), "episodes known"),
            _of_clinic(rate_of(sum(responses.values(), Counter())), is_shown),
        ),
        Row(
            "Change in pain, first rating to last",
            _change(queries.pain_pairs(mine)),
            _of_clinic(_change(queries.pain_pairs(question)).figure, is_shown),
            is_share=False,
        ),
    )
    return OwnResults(
        _completeness(queries.pairings(question), user), outcomes, own, queries.episodes_open(mine)
    )


def _completeness(found: Mapping[int, Counts], user: User) -> tuple[Row, ...]:
    rows = []
    for kind, title in queries.KINDS.items():
        counts = {one: kinds[kind] for one, kinds in found.items()}
        own, all_of_them = counts.pop(user.id, Counter()), Counter[Pairing]()
        for one in (own, *counts.values()):
            all_of_them.update(one)
        is_shown = _is_of_nobody([one.total() for one in counts.values()])
        rows.append(
            Row(
                title,
                _pairs(own),
                _pairs(all_of_them) if is_shown else Cell(None, OF_A_COLLEAGUE),
            )
        )
    return tuple(rows)


def _is_of_nobody(others: Collection[int]) -> bool:
    """Say whether what is left without the user's own is of several people, with enough each."""
    return sum(count >= FEWEST for count in others) >= FEWEST_COLLEAGUES


def _of_clinic(figure: Estimate | None, is_shown: bool) -> Cell:
    return Cell(figure if is_shown else None, OF_A_COLLEAGUE)


def _cell(figure: Estimate | None, n: int, noun: str) -> Cell:
    return Cell(figure, f"hidden: {n} {noun}, fewer than {FEWEST}")


def _change(pairs: Mapping[tuple[float, float], int]) -> Cell:
    found = pain_change(pairs)
    return _cell(found.change if found else None, sum(pairs.values()), "episodes with two ratings")


def _pairs(counts: Counter[Pairing]) -> Cell:
    n = counts.total()
    if n >= FEWEST and counts[Pairing.NONE] == n:
        return Cell(None, f"not measured, n {n}")
    return _cell(share(counts[Pairing.PAIRED], n), n, "sessions")


def _known(counts: Counter[Response]) -> int:
    return counts[Response.RESPONDED] + counts[Response.NOT_RESPONDED]
