"""Whether a question asked about some sites was also asked about another."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from clinic_notes.clinical.drafts import AnswerDraft, Site
from clinic_notes.reference.contraindications import checklist
from clinic_notes.reference.terms import Answer, Scope, Side


def is_covered(site: Site, asked_about: Iterable[Site]) -> bool:
    """Say whether asking about these sites also asked about that one.

    Stricter than an overlap: asking about the left calf does not ask about both.
    """
    return is_side_covered(site.side, {s.side for s in asked_about if s.region == site.region})


def is_side_covered(side: Side, asked_about: Collection[Side]) -> bool:
    """Say whether asking about these sides of a region also asked about that one."""
    if side is Side.BILATERAL and Side.LEFT in asked_about and Side.RIGHT in asked_about:
        return True
    return side in asked_about or Side.BILATERAL in asked_about


def without_uncovered_answers(
    answers: Iterable[AnswerDraft],
    asked_about: Mapping[tuple[str, Answer], Sequence[Site]],
    treated: Sequence[Site],
) -> tuple[AnswerDraft, ...]:
    """Return today's answers without those that were not given about every treated site.

    ``asked_about`` holds the sites of each (item, answer) that was given about some sites only.
    Such an answer is "not asked" again once another site is treated; what was written beside it
    stays. An item that concerns the whole session does not depend on the sites.
    """
    kept = []
    for answer in answers:
        sites = asked_about.get((answer.item, answer.answer), ())
        if sites and not _is_answered_for(answer.item, sites, treated):
            answer = replace(answer, answer=Answer.NOT_ASKED, answered_at=None)
            if answer == AnswerDraft(answer.item, id=answer.id):
                continue
        kept.append(answer)
    return tuple(kept)


def _is_answered_for(item: str, asked_about: Sequence[Site], treated: Iterable[Site]) -> bool:
    if checklist[item].scope is Scope.SESSION:
        return True
    return all(is_covered(site, asked_about) for site in treated)
