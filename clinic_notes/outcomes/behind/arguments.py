"""Which records a figure counts, read from the address that opens them."""

from calendar import monthrange
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from clinic_notes.clinical.change import Response, Verdict
from clinic_notes.outcomes.facts.models import Pairing
from clinic_notes.outcomes.labels import MEASURED, measured_label
from clinic_notes.outcomes.results.page import ADVERSE, SKIN
from clinic_notes.outcomes.results.queries import KINDS
from clinic_notes.outcomes.results.question import (
    MOST,
    Question,
    UnclearQuestion,
    read_question,
    value_of,
)

OWN = (
    "value",
    "response",
    "measure",
    "verdict",
    "pairs",
    "month",
    "state",
    "kind",
    "pairing",
    "skin",
)
"""What these addresses ask beside the question."""


@dataclass(frozen=True)
class Behind:
    """The question, narrowed to what one figure counts."""

    question: Question
    value: str | int | None = None
    """Of the split."""
    response: Response | None = None
    measure: tuple[str, str] | None = None
    """The kind and key of what was measured, in place of the episode's pain."""
    verdict: Verdict | None = None
    has_pair: bool = False
    """Whether only episodes with two ratings are counted."""
    is_open: bool = False
    """Whether episodes are counted that are not closed."""
    kind: str = ""
    """The kind of readings whose pairs are counted."""
    pairing: Pairing | None = None
    skin: str = ""

    @property
    def title(self) -> str:
        """Return in words what is counted."""
        split = ""
        if self.value is not None:
            split = f"{self.question.by.title}: {self.question.by.labels()(self.value)}"
        return ", ".join(part for part in (split, *self._parts()) if part)

    def _parts(self) -> tuple[str, ...]:
        return (
            measured_label(*self.measure) if self.measure else "",
            _words(self.verdict),
            _words(self.response),
            "not closed" if self.is_open else "",
            "with two ratings of pain" if self.has_pair else "",
            f"{KINDS[self.kind]} readings" if self.kind else "",
            {Pairing.NONE: "none", None: ""}.get(self.pairing, _words(self.pairing)),
            _words(self.skin),
        )


def read_behind(arguments: Mapping[str, str], today: date) -> Behind:
    """Return what an address asks for; UnclearQuestion where it makes no sense."""
    asked = {key: value for key, value in arguments.items() if key in OWN and value}
    others = {key: value for key, value in arguments.items() if key not in OWN}
    question = _of_month(read_question(others, today), asked.get("month", ""))
    return Behind(
        question=question,
        value=value_of(question.by, asked["value"]) if "value" in asked else None,
        response=_one_of(tuple(Response), asked.get("response", "")),
        measure=_measure(asked.get("measure", "")),
        verdict=_one_of(tuple(Verdict), asked.get("verdict", "")),
        has_pair="pairs" in asked,
        is_open=asked.get("state") == "open",
        kind=_one_of(tuple(KINDS), asked.get("kind", "")) or "",
        pairing=_one_of(tuple(Pairing), asked.get("pairing", "")),
        skin=_one_of((*SKIN, ADVERSE), asked.get("skin", "")) or "",
    )


def _one_of(allowed: Collection[Any], text: str) -> Any:
    """Return the member that the text names; None where nothing is asked."""
    if not text:
        return None
    found = next((one for one in allowed if str(one) == text), None)
    if found is None:
        raise UnclearQuestion("There is no such figure.")
    return found


def _measure(text: str) -> tuple[str, str] | None:
    kind, _, key = text.partition(":")
    if not text:
        return None
    if kind not in MEASURED or not key or len(key) > MOST:
        raise UnclearQuestion("There is no such figure.")
    return kind, key


def _of_month(question: Question, text: str) -> Question:
    """Return the question limited to a month, written as 2026-08."""
    if not text:
        return question
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        raise UnclearQuestion("There is no such month.") from None
    last = first.replace(day=monthrange(first.year, first.month)[1])
    start, end = max(question.start, first), min(question.end, last)
    if end < start:
        raise UnclearQuestion("This month is not in the period.")
    return replace(question, start=start, end=end)


def _words(term: str | None) -> str:
    return "" if term is None else term.replace("_", " ")
