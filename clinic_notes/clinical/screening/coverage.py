"""Whether a question asked about some places was also asked about another."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from clinic_notes.clinical.drafts import AnswerDraft, Site
from clinic_notes.reference.contraindications import checklist
from clinic_notes.reference.terms import Answer, Scope, Side


def is_covered(site: Site, places: Iterable[Site]) -> bool:
    """Say whether asking about these places also asked about that one.

    Stricter than an overlap: who was asked about the left calf was not asked about both.
    """
    sides = {place.side for place in places if place.region == site.region}
    return is_side_covered(site.side, sides)


def is_side_covered(side: Side, asked: Collection[Side]) -> bool:
    """Say whether asking about these sides of a region also asked about that one."""
    if side is Side.BILATERAL and Side.LEFT in asked and Side.RIGHT in asked:
        return True
    return side in asked or Side.BILATERAL in asked


def without_uncovered_answers(
    answers: Iterable[AnswerDraft],
    asked_about: Mapping[tuple[str, Answer], Sequence[Site]],
    treated: Sequence[Site],
) -> tuple[AnswerDraft, ...]:
    """Return today's answers without those that do not speak of every place treated.

    ``asked_about`` are the places an (item, answer) was given for where it was given for some
    only. Such an answer is "not asked" again once another place is treated; what was written
    beside it stays. Items that concern the whole session are answered whatever is treated.
    """
    kept = []
    for answer in answers:
        places = asked_about.get((answer.item, answer.answer), ())
        if places and not _is_answered_for(answer.item, places, treated):
            answer = replace(answer, answer=Answer.NOT_ASKED, answered_at=None)
            if answer == AnswerDraft(answer.item, id=answer.id):
                continue
        kept.append(answer)
    return tuple(kept)


def _is_answered_for(item: str, places: Sequence[Site], treated: Iterable[Site]) -> bool:
    if checklist[item].scope is Scope.SESSION:
        return True
    return all(is_covered(site, places) for site in treated)
