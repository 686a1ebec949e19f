"""Active "yes" answers over random histories, beside a plain and slow reference."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from clinic_notes.clinical.drafts import Site
from clinic_notes.clinical.screening import PriorAnswer, is_affected, overlaps
from clinic_notes.clinical.screening.coverage import is_covered
from clinic_notes.clinical.screening.in_force import ActiveYes, active_yes
from clinic_notes.reference.contraindications import Contraindication, checklist
from clinic_notes.reference.terms import Answer, Scope, Side

FIRST_DAY = date(2024, 1, 8)
# Neighbours, one limb and one region far away: every way in which two sites can meet.
REGIONS = ("calf", "achilles", "foot_plantar", "elbow_lat")

sites = st.builds(Site, st.sampled_from(REGIONS), st.sampled_from(Side))
some_sites = st.lists(sites, max_size=3).map(tuple)


@st.composite
def histories(draw: st.DrawFn) -> tuple[Contraindication, list[PriorAnswer]]:
    item = draw(st.sampled_from(list(checklist)))
    answers = draw(st.lists(st.tuples(st.sampled_from(Answer), some_sites, some_sites)))
    return item, [
        PriorAnswer(item.key, answer, FIRST_DAY + timedelta(days), where, asked_about=about)
        for days, (answer, where, about) in enumerate(answers)
    ]


@given(histories(), some_sites)
def test_the_linear_rule_says_what_the_plain_one_says(
    history: tuple[Contraindication, list[PriorAnswer]], about: tuple[Site, ...]
) -> None:
    item, answers = history
    assert list(active_yes(item, answers, about)) == [*reference(item, answers, about)]


def reference(
    item: Contraindication, answers: Iterable[PriorAnswer], about: Sequence[Site]
) -> Iterator[ActiveYes]:
    """Look at every later answer again for each "yes": plain, and quadratic."""
    given_ones = [asked for asked in answers if asked.answer is not Answer.NOT_ASKED]
    for number, asked in enumerate(given_ones, start=1):
        if asked.answer is not Answer.YES:
            continue
        if item.scope is Scope.REGION:
            later = [site for one in given_ones[number:] for site in one.asked_about + one.sites]
            yield reference_at_sites(item, asked, later, about)
        elif number == len(given_ones):
            yield ActiveYes(asked, tuple(about))


def reference_at_sites(
    item: Contraindication, asked: PriorAnswer, later: Sequence[Site], about: Sequence[Site]
) -> ActiveYes:
    flagged = asked.sites or asked.asked_about
    if not flagged:
        left = tuple(site for site in about if not is_covered(site, later))
        return ActiveYes(asked, left, flagged=left)
    in_force = [site for site in flagged if not is_covered(site, later)]
    met = tuple(
        site
        for site in about
        if any(
            is_affected(item, one, site) and not (overlaps(one, site) and is_covered(site, later))
            for one in in_force
        )
    )
    elsewhere = tuple(s for s in in_force if not any(overlaps(s, site) for site in about))
    return ActiveYes(asked, met, elsewhere, tuple(in_force))
