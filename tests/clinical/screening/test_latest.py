"""The answers that can still count say all that the whole history says."""

from collections.abc import Sequence
from datetime import date, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from clinic_notes.clinical.drafts import Site
from clinic_notes.clinical.screening import (
    LatestAnswers,
    PriorAnswer,
    RecordedCondition,
    blocked_sites,
    clearance,
    items_due,
    reconfirmable,
)
from clinic_notes.reference.contraindications import checklist
from clinic_notes.reference.terms import Answer, Side

TODAY = date(2026, 3, 11)
# Neighbours and one region far away; few, so that answers often meet.
REGIONS = ("calf", "achilles", "elbow_lat")
# Of each kind: absolute and relative, of the session and of a region, and pregnancy.
ITEMS = (
    "bleeding_disorder", "pregnancy", "malignancy_local", "varicose_veins",
)  # fmt: skip

sites = st.builds(Site, st.sampled_from(REGIONS), st.sampled_from(Side))
some_sites = st.lists(sites, max_size=2).map(tuple)
answers = st.builds(
    PriorAnswer,
    st.sampled_from(ITEMS),
    st.sampled_from(Answer),
    st.sampled_from((0, 10, 20, 40, 60)).map(lambda days: TODAY - timedelta(days)),
    some_sites,
    asked_about=some_sites,
)
histories = st.lists(answers, max_size=12).map(
    lambda found: sorted(found, key=lambda a: a.asked_on)
)
conditions = st.lists(
    st.builds(
        RecordedCondition, st.sampled_from(ITEMS), st.just("said so"), st.just(date(2026, 2, 20))
    ),
    max_size=2,
)


def latest_answers(history: Sequence[PriorAnswer]) -> tuple[PriorAnswer, ...]:
    """Return the answers that can still count."""
    latest = LatestAnswers()
    found = [
        a for a in reversed(history) if latest.counts(a.item, a.answer, a.sites, a.asked_about)
    ]
    return tuple(reversed(found))


def what_follows(
    history: Sequence[PriorAnswer], about: tuple[Site, ...], known: Sequence[RecordedCondition]
) -> tuple[object, ...]:
    """Return everything that is concluded from earlier answers."""
    due = items_due(history, about, TODAY, known)
    last = {asked.item: asked for asked in history if asked.answer is not Answer.NOT_ASKED}
    everywhere = [Site(region, Side.LEFT) for region in REGIONS]
    return (
        due,
        clearance((), about=about, history=history, due=due, on=TODAY),
        blocked_sites((), about=about, sites=everywhere, history=history, on=TODAY),
        reconfirmable([*last.values()], history, due=due, about=about, on=TODAY, on_record=known),
        {asked.item: asked for asked in history if asked.answer is Answer.YES},
    )


CALF, ELBOW = Site("calf", Side.LEFT), Site("elbow_lat", Side.LEFT)
# Flagged since, but not asked about since: the earlier "no" still says that it was asked.
FLAGGED_ELSEWHERE = [
    PriorAnswer("varicose_veins", Answer.NO, TODAY - timedelta(20), asked_about=(CALF,)),
    PriorAnswer("varicose_veins", Answer.YES, TODAY - timedelta(10), (CALF,), asked_about=(ELBOW,)),
]


@example(FLAGGED_ELSEWHERE, (CALF,), [])
@given(histories, some_sites, conditions)
def test_they_say_what_the_whole_history_says(
    history: list[PriorAnswer], about: tuple[Site, ...], known: list[RecordedCondition]
) -> None:
    kept = latest_answers(history)
    assert what_follows(kept, about, known) == what_follows(history, about, known)


def test_they_are_as_many_after_a_thousand_sessions() -> None:
    place = (Site("calf", Side.LEFT),)
    history = [
        PriorAnswer("open_wound", Answer.YES, TODAY - timedelta(days), place, asked_about=place)
        for days in range(1000, 0, -1)
    ]
    assert latest_answers(history) == (history[-1],)


def test_the_items_tried_are_of_every_kind() -> None:
    kinds = {(checklist[item].scope, checklist[item].severity) for item in ITEMS}
    assert len(kinds) == 4


def test_which_answers_can_still_count_from_the_latest_back() -> None:
    latest = LatestAnswers()
    calf, elbow = (Site("calf", Side.LEFT),), (Site("elbow_lat", Side.LEFT),)
    item = "varicose_veins"
    shown = [
        (Answer.NOT_ASKED, (), calf),
        (Answer.NO, (), calf),
        (Answer.NO, (), calf),
        (Answer.YES, (), calf),
        (Answer.YES, (), calf),
        (Answer.YES, elbow, calf),
        (Answer.YES, (), elbow),
        (Answer.YES, (), elbow),
        (Answer.YES, (), ()),
    ]
    counted = [latest.counts(item, answer, sites, about) for answer, sites, about in shown]
    # The latest, the latest yes, each that is the first about a place, and one about no place.
    assert counted == [False, True, False, True, False, True, True, False, True]
