"""When the questions of the safety check were answered, for the note."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from clinic_notes.clinical.drafts import AnswerDraft
from clinic_notes.reference.contraindications import checklist


@dataclass(frozen=True)
class AnswerTimes:
    """The moments of a session's answers; None in notes from before these were recorded."""

    of: Mapping[str, datetime | None]
    """By the item's label."""
    no: Sequence[tuple[datetime | None, Sequence[str]]]
    """Every plain "no" that was given in the same minute, the earliest first."""


def answer_times(answers: Iterable[AnswerDraft]) -> AnswerTimes:
    """Return when each answer was given."""
    given = [(checklist.label(answer.item), answer) for answer in answers]
    no: dict[datetime | None, list[str]] = {}
    for label, answer in given:
        if answer.is_plain_no:
            no.setdefault(_minute(answer.answered_at), []).append(label)
    return AnswerTimes(
        of={label: answer.answered_at for label, answer in given},
        no=sorted(no.items(), key=lambda group: group[0].timestamp() if group[0] else 0),
    )


def _minute(moment: datetime | None) -> datetime | None:
    return moment and moment.replace(second=0, microsecond=0)
