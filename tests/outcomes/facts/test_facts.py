"""The facts equal a recomputation from the record, whatever was done to it."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import inspect, select

from clinic_notes.charting import actions as charting
from clinic_notes.clinical.change import Basis, Response, Verdict
from clinic_notes.clinical.drafts import EffectDraft, Measured, PainDraft, RomDraft
from clinic_notes.clinical.findings import Refused
from clinic_notes.core.db import db
from clinic_notes.outcomes.facts import actions, derived
from clinic_notes.outcomes.facts.known import known_facts
from clinic_notes.outcomes.facts.models import EpisodeFact, MeasureFact, Pairing, VisitFact
from clinic_notes.outcomes.facts.recorded import recorded_episodes
from clinic_notes.patients import actions as patients
from clinic_notes.patients.models import Episode
from clinic_notes.plan_of_care import actions as plan_of_care
from clinic_notes.reference.terms import Mode, Side
from tests import drafts, factories
from tests.cast import Cast
from tests.drafts import measured
from tests.fixture_types import ActingAs

BRUISE = EffectDraft("ecchymosis", grade=2, region="calf", side=Side.LEFT)


def pain(before: int | None, after: int | None = None, context: str = "now") -> PainDraft:
    return PainDraft(
        context=context,
        before=measured(before) if before is not None else Measured(),
        after=measured(after) if after is not None else Measured(),
    )


class Course:
    """An episode whose sessions are recorded one a day, with these pains before treatment."""

    def __init__(self, cast: Cast, acting_as: ActingAs) -> None:
        self.cast, self.acting_as = cast, acting_as
        with acting_as(cast.maya):
            patient = factories.make_patient(cast.maya)
            self.patient_id = patient.id
            self.episode_id = factories.make_episode(patient, cast.maya).id
            self.tool = factories.make_instrument(cast.maya).id
        self.visits: list[int] = []

    def session(self, *pains: PainDraft, by: Any = None, days_ago: int | None = None, **changes):
        author = by or self.cast.maya
        ago = 20 - len(self.visits) if days_ago is None else days_ago
        draft = drafts.treated_draft(
            self.tool,
            served_on=drafts.yesterday() - timedelta(days=ago),
            measured_by_id=author.id,
            pains=pains,
            **changes,
        )
        with self.acting_as(author):
            self.visits.append(
                factories.record_visit(self.patient_id, self.episode_id, draft, by=author)
            )
        return self

    def main(self) -> MeasureFact:
        with self.acting_as(self.cast.lena):
            return db.session.scalars(select(MeasureFact).where(MeasureFact.is_main)).one()

    def facts(self) -> list[VisitFact]:
        with self.acting_as(self.cast.lena):
            return list(db.session.scalars(select(VisitFact).order_by(VisitFact.served_on)))


@pytest.fixture
def course(cast: Cast, acting_as: ActingAs) -> Course:
    return Course(cast, acting_as)


def test_a_patient_who_stays_better_responded_and_in_how_many_sessions(course: Course) -> None:
    course.session(pain(8, 7)).session(pain(7, 5)).session(pain(3, 2)).session(pain(2, 2))
    found = course.main()
    assert (found.verdict, found.response) == (Verdict.MEANINGFUL, Response.RESPONDED)
    assert (found.first_value, found.last_value, found.visits_to_response) == (8, 2, 3)


def test_a_patient_who_is_lost_after_the_best_visit_is_unknown(course: Course) -> None:
    course.session(pain(8, 7)).session(pain(7, 5)).session(pain(2, 2))
    assert course.main().response is Response.UNKNOWN


def test_a_worsening_patient_did_not_respond(course: Course) -> None:
    course.session(pain(3, 3)).session(pain(3, 3)).session(pain(8, 8))
    found = course.main()
    assert (found.verdict, found.response) == (Verdict.WORSE, Response.NOT_RESPONDED)


def test_one_reading_is_unpaired(course: Course) -> None:
    course.session(pain(8, 4))
    assert course.main().response is Response.UNPAIRED


def test_an_incomplete_pair_is_counted_and_has_no_change(course: Course) -> None:
    course.session(pain(8, 4), pain(5, None, "movement"))
    fact = course.facts()[0]
    assert fact.pain is Pairing.INCOMPLETE
    assert (fact.pain_before, fact.pain_after) == (8, 4)


def test_pain_of_a_time_before_the_session_needs_no_second_rating(course: Course) -> None:
    course.session(pain(8, 4), pain(9, None, "worst_24h"))
    assert course.facts()[0].pain is Pairing.PAIRED


def test_an_episode_of_two_therapists_is_whose_sessions_are_more(course: Course, cast) -> None:
    course.session(pain(8, 7)).session(pain(7, 6), by=cast.jonas).session(pain(6, 5))
    with course.acting_as(cast.lena):
        fact = db.session.scalars(select(EpisodeFact)).one()
    assert (fact.therapist_id, fact.therapists, fact.visits) == (cast.maya.id, 2, 3)


def test_an_effect_reported_later_counts(course: Course, cast: Cast) -> None:
    course.session(pain(8, 4))
    with course.acting_as(cast.maya):
        add(course.visits[0], BRUISE, cast.maya)
    assert course.facts()[0].worst_grade == 2


def test_a_late_entry_before_the_first_changes_where_it_began(course: Course) -> None:
    course.session(pain(6, 5), days_ago=5).session(pain(3, 2), days_ago=3)
    course.session(pain(9, 8), days_ago=15)
    assert (course.main().first_value, course.main().last_value) == (9, 3)


def test_a_draft_and_a_session_not_treated_are_no_facts(course: Course, cast: Cast) -> None:
    with course.acting_as(cast.maya):
        draft = drafts.treated_draft(course.tool, pains=(pain(5, 4),))
        factories.record_visit(
            course.patient_id, course.episode_id, draft, by=cast.maya, is_signed=False
        )
    assert course.facts() == []


def add(visit_id: int, effect: EffectDraft, by: Any) -> None:
    charting.add_addendum(
        factories.loaded(visit_id), text="Called.", about_on=None, effect=effect, by=by
    )


def stored() -> list[list[tuple[Any, ...]]]:
    """Return all facts without their ids, in an order of their own."""
    return [
        sorted(
            (tuple(str(getattr(row, name)) for name in columns(table)))
            for row in db.session.scalars(select(table))
        )
        for table in actions.FACTS
    ]


def columns(table: Any) -> list[str]:
    return [one.key for one in inspect(table).columns if one.key not in ("id", "clinic_id")]


def recomputed() -> list[list[tuple[Any, ...]]]:
    """Return the same from the record."""
    episodes = recorded_episodes(db.session.scalars(select(Episode.id)).all())
    seen = [one for one in episodes if one.visits]
    facts: dict[Any, list[Any]] = {
        MeasureFact: [fact for one in seen for fact in derived.measure_facts(one)],
        VisitFact: [
            derived.visit_fact(v, one.id, Basis(region=one.region))
            for one in seen
            for v in one.visits
        ],
        EpisodeFact: [derived.episode_fact(one) for one in seen],
    }
    return [
        sorted(tuple(str(fact[name]) for name in columns(table)) for fact in facts[table])
        for table in actions.FACTS
    ]


def revise(course: Course, random: Random, by: Any) -> None:
    episode = db.session.get_one(Episode, course.episode_id)
    step = random.choice(["close", "reopen", "region", "onset"])
    if step == "close":
        factories.close_episode(episode, by, on=drafts.yesterday())
    elif step == "reopen":
        plan_of_care.reopen_episode(episode, "Pain came back.", by=by)
    else:
        onset = episode.opened_on - timedelta(days=random.randrange(200))
        region = random.choice(["calf", "achilles", "low_back"])
        changed = {"region": region} if step == "region" else {"onset_on": onset}
        draft = replace(patients.episode_draft(episode), **changed)
        patients.revise_episode(
            episode, draft, version=episode.version, by=by, place_reason="It was another place."
        )


@pytest.mark.parametrize("seed", range(3))
def test_after_random_actions_facts_equal_the_record(
    cast: Cast, acting_as: ActingAs, seed: int
) -> None:
    random = Random(seed)  # noqa: S311 - no secret.
    courses = [Course(cast, acting_as) for _ in range(2)]

    def sign(course: Course) -> None:
        before = random.randrange(11)
        worst = random.choice([(None, 3), (7, None), (9, 4), (None, None)])
        pains = (pain(before, random.randrange(before + 1)), pain(*worst, "worst_24h"))
        by = random.choice([cast.maya, cast.jonas])
        course.session(*pains[: random.randrange(1, 3)], by=by, days_ago=random.randrange(25))

    def addend(course: Course) -> None:
        if course.visits:
            visit, to = random.choice(course.visits), random.randrange(11)
            with acting_as(cast.maya):
                add(visit, BRUISE, cast.maya) if to % 2 else factories.correct(visit, cast.maya, to)

    def change(course: Course) -> None:
        with acting_as(cast.maya):
            revise(course, random, cast.maya)

    steps: list[Callable[[Course], None]] = [sign, sign, addend, change]
    for _ in range(14):
        # A refused step changes nothing, and so no fact either.
        with suppress(Refused):
            random.choice(steps)(random.choice(courses))
    with acting_as(cast.lena):
        now = stored()
        assert now == recomputed()
        assert any(now)
        actions.rebuild()
        assert stored() == now


@pytest.mark.parametrize("seed", range(3))
def test_facts_of_sessions_signed_one_after_the_other_equal_the_record(
    cast: Cast, acting_as: ActingAs, seed: int
) -> None:
    random = Random(seed)  # noqa: S311 - no secret.
    course = Course(cast, acting_as)

    def motion() -> RomDraft:
        device = random.choice(["goniometer", "inclinometer"])
        value = Measured() if random.random() < 0.2 else measured(random.randrange(20))
        return RomDraft("ankle_dorsiflexion", Side.LEFT, Mode.ACTIVE, device=device, before=value)

    for ago in range(25, 5, -1):
        found = [pain(random.randrange(11), 1), pain(random.randrange(11), None, "worst_24h")]
        by = random.choice([cast.maya, cast.jonas])
        roms = (motion(),) * random.randrange(2)
        course.session(*found[: random.randrange(1, 3)], by=by, days_ago=ago, roms=roms)
    with acting_as(cast.lena):
        now = stored()
        assert now == recomputed()
        assert max(db.session.scalars(select(MeasureFact.last_visits))) == 20


def test_facts_that_were_written_anew_meanwhile_are_not_added_to(
    course: Course, cast: Cast, acting_as: ActingAs, monkeypatch: pytest.MonkeyPatch
) -> None:
    course.session(pain(8, 7))
    with acting_as(cast.lena):
        read_before = known_facts(course.episode_id)
    course.session(pain(7, 5))
    monkeypatch.setattr(actions, "known_facts", lambda _: read_before)
    course.session(pain(3, 2))
    with acting_as(cast.lena):
        assert stored() == recomputed()


def test_a_rebuild_that_is_stopped_leaves_the_old_facts(course: Course, cast: Cast) -> None:
    course.session(pain(8, 4)).session(pain(4, 3))

    class Stopped(Exception):
        pass

    def stop(done: int, total: int) -> None:
        raise Stopped

    with course.acting_as(cast.lena):
        before = stored()
    with pytest.raises(Stopped), course.acting_as(cast.lena):
        actions.rebuild(stop)
    with course.acting_as(cast.lena):
        assert stored() == before
