"""Questions that ask the same: asked once, and counted for both."""

from collections.abc import Iterable

from clinic_notes.clinical.screening.due import PriorAnswer
from clinic_notes.reference.contraindications import checklist
from clinic_notes.reference.terms import Answer


def counted_once(answers: Iterable[PriorAnswer]) -> list[PriorAnswer]:
    """Return the answers, each under the question that is asked for both.

    A "yes" to the other question is one to it, and outweighs its "no" of the same session. A "no"
    to the other, narrower question does not answer it.
    """
    own, others = [], []
    for asked in answers:
        item = checklist.find(asked.item)
        if item is None or not item.asked_with:
            own.append(asked)
        elif asked.answer is Answer.YES:
            others.append(asked._replace(item=item.asked_with))
    return sorted([*own, *others], key=lambda asked: asked.asked_on)
