"""Which earlier answers can still count: the latest about each question and site."""

from collections import defaultdict
from collections.abc import Iterable

from clinic_notes.clinical.drafts import Site
from clinic_notes.reference.terms import Answer


class LatestAnswers:
    """Is shown a patient's answers from the latest back, and says which can still count.

    The latest answer to an item can, and its latest "yes"; so can each that is the latest about
    some site. Every other one was replaced at all of its sites, whatever is treated today.
    """

    def __init__(self) -> None:
        self._yes: set[str] = set()
        self._sites: dict[str, set[Site]] = defaultdict(set)
        self._asked_about: dict[str, set[Site]] = defaultdict(set)

    def counts(
        self, item: str, answer: Answer, sites: Iterable[Site], asked_about: Iterable[Site]
    ) -> bool:
        """Say whether this answer, given before all that were shown, can still count."""
        if answer is Answer.NOT_ASKED:
            return False
        about, all_sites = set(asked_about), {*sites, *asked_about}
        is_first = item not in self._sites or (answer is Answer.YES and item not in self._yes)
        is_new = not (all_sites <= self._sites[item] and about <= self._asked_about[item])
        self._sites[item] |= all_sites
        self._asked_about[item] |= about
        if answer is Answer.YES:
            self._yes.add(item)
        # Without any site, it counts wherever it was not asked again.
        return is_first or is_new or not all_sites
