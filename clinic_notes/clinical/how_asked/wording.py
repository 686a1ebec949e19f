"""How answers were asked for, in words: who stated what, and when."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from clinic_notes.clinical.drafts import AnswerDraft
from clinic_notes.clinical.how_asked.carried import CarriedNo
from clinic_notes.clinical.how_asked.groups import AnsweredNo
from clinic_notes.clinical.wording import day_near
from clinic_notes.reference.terms import AnsweredBy, HowAsked

_BY = {
    None: "the patient",
    AnsweredBy.INTERPRETER: "the patient through an interpreter",
    AnsweredBy.GUARDIAN: "the guardian",
    AnsweredBy.REPRESENTATIVE: "the representative",
}
NOT_RECORDED = "how it was asked was not recorded"


@dataclass(frozen=True)
class Interview:
    """The session in which the questions were asked."""

    on: date
    by: AnsweredBy | None = None
    """Who answered, None for the patient alone."""
    time_zone: str = ""
    """The clinic's; "" leaves times of day out."""

    def times(self, moments: Sequence[datetime]) -> str:
        """Return " at 08:00", " from 08:00 to 08:12", "" where no time is known."""
        if not self.time_zone or not moments:
            return ""
        first, last = (self._time(moment) for moment in (moments[0], moments[-1]))
        return f" at {first}" if first == last else f" from {first} to {last}"

    def _time(self, moment: datetime) -> str:
        local = moment.astimezone(ZoneInfo(self.time_zone))
        at = f"{local:%H:%M}"
        return at if local.date() == self.on else f"{day_near(local.date(), self.on)}, {at}"


def no_in_words(group: AnsweredNo, asking: Interview) -> str:
    """Return "No change since 26 Nov in 25 questions, stated by the patient at 08:00"."""
    times, by = asking.times(group.moments), _BY[asking.by]
    number = len(group.items)
    questions = f"{number} question{'' if number == 1 else 's'}"
    match group.how:
        case HowAsked.UNCHANGED:
            return f"{_unchanged(group.since, asking)} in {questions}, stated by {by}{times}"
        case HowAsked.IN_ONE_STEP:
            return f"All other questions ({number}) answered no in one step by {by}{times}"
        case HowAsked.ONE_BY_ONE:
            return f"{questions} asked one by one, answered no by {by}{times}"
        case None:
            return f"{questions} answered no{times}; {NOT_RECORDED}"


def yes_asked_in_words(given: AnswerDraft, asking: Interview) -> str:
    """Return how an answer that is more than a plain "no" was asked for; "" for none."""
    times = asking.times([given.answered_at] if given.answered_at else [])
    by = _BY[asking.by]
    match given.how_asked:
        case HowAsked.UNCHANGED:
            return f"{_unchanged(given.unchanged_since, asking)}, stated by {by}{times}"
        case HowAsked.IN_ONE_STEP:
            return f"Answered no with all other questions in one step by {by}{times}"
        case HowAsked.ONE_BY_ONE:
            return f"Asked one by one, answered by {by}{times}"
        case None:
            return f"Answered{times}; {NOT_RECORDED}" if times else ""


def carried_in_words(carried: Iterable[CarriedNo], on: date) -> Iterator[str]:
    """Yield "Carried from 26 Nov: 20 questions answered no, not due again"."""
    for group in carried:
        number = len(group.items)
        questions = f"{number} question{'' if number == 1 else 's'}"
        yield f"Carried from {day_near(group.asked_on, on)}: {questions} answered no, not due again"


def _unchanged(since: date | None, asking: Interview) -> str:
    if since is None:
        return "As on the patient's record"
    return f"No change since {day_near(since, asking.on)}"
