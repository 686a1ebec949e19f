"""What a patient answers on the tablet, and how it comes into the draft of a session.

An answer is the patient's own: it is marked so, and it never replaces a reading that somebody
entered. PSFS asks for the same activities through an episode.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from clinic_notes.clinical.drafts import Measured, MeasureDraft, PainDraft, VisitDraft
from clinic_notes.clinical.spelling.normal_form import letters_only
from clinic_notes.reference.measures import PatientQuestion, patient_questions
from clinic_notes.reference.terms import ReadingState

NEW_ACTIVITIES = 3
"""Activities a patient is asked to name: PSFS asks for three to five (clinical.md 10)."""
LONGEST_ACTIVITY = 100


@dataclass(frozen=True)
class KioskQuestion:
    """One question of a kiosk: its key, and what it is about."""

    key: str
    detail: str = ""
    """What brings the pain on, or the activity; "" for one that is still to be named."""
    activity: int | None = None
    """The position among the questions of the one in which the activity is named."""

    @property
    def question(self) -> PatientQuestion:
        """The question as the catalogue words it."""
        return patient_questions[self.key]

    @property
    def is_text(self) -> bool:
        """Say whether it is answered in words."""
        return self.key == "activity"

    @property
    def scale(self) -> range:
        """The numbers to choose from."""
        return range(self.question.least, self.question.most + 1)

    def in_words(self, answer: str | int) -> str:
        """Return an answer as it reads: a change with its sign."""
        text = str(answer)
        if self.is_text or self.question.least >= 0:
            return text
        return f"+{text}" if int(text) > 0 else text.replace("-", "\u2212")


class Became(StrEnum):
    """What became of an answer."""

    TAKEN = "taken"
    THERE = "there"
    """A reading stood there already."""
    CLOSED = "closed"
    """The note was signed or discarded meanwhile."""
    REFUSED = "refused"
    """The draft could not be saved with it."""


def questions_for(draft: VisitDraft, *, is_first: bool) -> tuple[KioskQuestion, ...]:
    """Return what to ask: pain as the form has it, activities, and from the second session change.

    What the draft has a reading for is not asked again.
    """
    return (*_pain(draft), *_activities(draft), *_change(draft, is_first=is_first))


def _pain(draft: VisitDraft) -> Iterator[KioskQuestion]:
    rows = draft.pains or (PainDraft("now"),)
    for row in rows:
        key = f"pain_{row.context}"
        if row.before.is_blank and key in patient_questions:
            yield KioskQuestion(key, row.detail)


def _activities(draft: VisitDraft) -> Iterator[KioskQuestion]:
    named = [row for row in draft.measures if row.measure == "psfs" and row.detail]
    if named:
        yield from (KioskQuestion("psfs", row.detail) for row in named if row.before.is_blank)
        return
    begin = sum(1 for _ in _pain(draft))
    for nth in range(NEW_ACTIVITIES):
        yield KioskQuestion("activity")
        yield KioskQuestion("psfs", activity=begin + 2 * nth)


def _change(draft: VisitDraft, *, is_first: bool) -> Iterator[KioskQuestion]:
    given = any(not row.before.is_blank for row in draft.measures if row.measure == "groc")
    if not is_first and not given:
        yield KioskQuestion("groc")


Answers = Mapping[int, str]
"""What was answered, by the position of the question."""


def in_words(asked: Sequence[KioskQuestion], answers: Answers, at: int) -> str:
    """Return a question as the patient reads it."""
    one = asked[at]
    text = one.question.label.format(activity=activity_of(asked, answers, at))
    return f"{text} ({one.detail})" if one.detail and one.key.startswith("pain") else text


def activity_of(asked: Sequence[KioskQuestion], answers: Answers, at: int) -> str:
    """Return the activity a question is about, "" where none was named."""
    one = asked[at]
    return answers.get(one.activity, "") if one.activity is not None else one.detail


def is_put(asked: Sequence[KioskQuestion], answers: Answers, at: int) -> bool:
    """Say whether a question is asked: about an activity once it is named, another after one."""
    one = asked[at]
    if one.activity is not None:
        return bool(activity_of(asked, answers, at))
    is_another = one.is_text and at >= 2 and asked[at - 2].is_text
    return not is_another or bool(answers.get(at - 2))


def progress(asked: Sequence[KioskQuestion], answers: Answers, at: int) -> tuple[int, int]:
    """Return the number of a question among those that are asked, and how many these are."""
    put = [n for n in range(len(asked)) if is_put(asked, answers, n)]
    return sum(1 for n in put if n <= at), len(put)


def next_step(asked: Sequence[KioskQuestion], answers: Answers, at: int, by: int) -> int:
    """Return the next position in a direction; the number of questions is the end of them."""
    at += by
    while 0 <= at < len(asked) and not is_put(asked, answers, at):
        at += by
    return max(0, min(at, len(asked)))


def problem_with(one: KioskQuestion, answer: str) -> str:
    """Return why this is no answer to a question, "" where it is one; none is an answer too."""
    if not answer:
        return ""
    if one.is_text:
        too_long = len(answer) > LONGEST_ACTIVITY or not answer.isprintable()
        return f"Please use at most {LONGEST_ACTIVITY} letters." if too_long else ""
    is_offered = answer in {str(number) for number in one.scale}
    return "" if is_offered else "Please choose one of the numbers."


def taken_into(
    draft: VisitDraft, asked: Sequence[KioskQuestion], answers: Answers
) -> tuple[VisitDraft, dict[int, Became]]:
    """Return the draft with each answer that has a place in it, and what became of each."""
    became: dict[int, Became] = {}
    for at, one in enumerate(asked):
        answer = answers.get(at, "")
        if not answer or one.is_text or not is_put(asked, answers, at):
            continue
        end = Measured(ReadingState.MEASURED, Decimal(answer), by_patient=True)
        row = _row_for(one, activity_of(asked, answers, at))
        is_pain = isinstance(row, PainDraft)
        stored = draft.pains if is_pain else draft.measures
        rows, became[at] = _with_answer(stored, row, end)
        draft = replace(draft, pains=rows) if is_pain else replace(draft, measures=rows)
    return draft, became


def _row_for(one: KioskQuestion, activity: str) -> PainDraft | MeasureDraft:
    if one.key.startswith("pain_"):
        return PainDraft(one.key.removeprefix("pain_"), one.detail)
    return MeasureDraft(one.key, detail=activity)


def _with_answer(
    rows: tuple[Any, ...], row: PainDraft | MeasureDraft, end: Measured
) -> tuple[tuple[Any, ...], Became]:
    at = next((n for n, there in enumerate(rows) if _is_same(there, row)), None)
    if at is None:
        return (*rows, replace(row, before=end)), Became.TAKEN
    if not rows[at].before.is_blank:
        return rows, Became.THERE
    return (*rows[:at], replace(rows[at], before=end), *rows[at + 1 :]), Became.TAKEN


def _is_same(one: Any, other: Any) -> bool:
    name = "context" if isinstance(other, PainDraft) else "measure"
    is_same_thing: bool = getattr(one, name) == getattr(other, name)
    return is_same_thing and letters_only(one.detail) == letters_only(other.detail)


def with_sources(stored: VisitDraft, draft: VisitDraft) -> VisitDraft:
    """Return a draft in which a reading is the patient's own as long as it is as they gave it.

    A form does not say so: the row it names does, where it is stored.
    """
    kept: dict[str, Any] = {
        name: tuple(_with_source(row, getattr(stored, name)) for row in getattr(draft, name))
        for name in ("pains", "measures")
    }
    return replace(draft, **kept)


def _with_source(row: Any, stored: Sequence[Any]) -> Any:
    was = next((one for one in stored if one.id is not None and one.id == row.id), None)
    if was is None or not was.before.by_patient or was.before != row.before:
        return row
    return replace(row, before=was.before)
