"""What earlier sessions say, read from the store, is what all their answers together say."""

from datetime import date, time, timedelta
from random import Random

import pytest
from sqlalchemy import select

from clinic_notes.charting.models import ScreeningAnswer, ScreeningSite, Visit
from clinic_notes.charting.screening.earlier_answers import (
    EVERY_SESSION,
    answers_and_last,
    earlier_visits,
    record_of_answers,
)
from clinic_notes.charting.screening.earlier_statements import LATEST
from clinic_notes.charting.visit.load import load_visit
from clinic_notes.charting.visit.save import write_rows
from clinic_notes.clinical.drafts import AnswerDraft, Site, VisitDraft
from clinic_notes.clinical.screening import (
    ASK_AGAIN_AFTER,
    LatestAnswers,
    PriorAnswer,
    items_due,
    reconfirmable,
)
from clinic_notes.clinical.screening.consent import PriorConsent, consent_needed
from clinic_notes.core import audit, clock
from clinic_notes.core.db import db
from clinic_notes.reference.contraindications import checklist
from clinic_notes.reference.terms import Answer, ConsentBy, Decision, Side
from tests import drafts

TODAY = date(2026, 3, 11)
ITEMS = ("bleeding_disorder", "pregnancy", "malignancy_local", "varicose_veins", "hematoma")
REGIONS = ("calf", "achilles", "elbow_lat")


def a_session(random, at):
    """Return a session of any content: only its answers and sites matter here."""

    def site():
        return Site(random.choice(REGIONS), random.choice((Side.LEFT, Side.RIGHT)))

    asked = [item.key for item in checklist] if random.random() < 0.1 else ITEMS
    return VisitDraft(
        served_on=TODAY - timedelta(days=random.choice((1, 1, 5, 20, 29, 30, 31, 60, 200, 400))),
        start_time=random.choice((None, time(9), time(15))),
        answers=tuple(
            AnswerDraft(item, answer, (site(),) if answer is Answer.YES else ())
            for item in asked
            if (answer := random.choice((*Answer, Answer.NO))) and random.random() < 0.7
        ),
        uses=tuple(
            drafts.calf_use(at.instrument_id, region=place.region, side=place.side)
            for place in (site() for _ in range(random.randint(0, 2)))
        ),
    )


@pytest.fixture
def history(acting_as, cast, patient_with_episode):
    """Store signed sessions, as they are stored, without the rules that would refuse most."""

    def stored(random, sessions):
        now, at, long_ago = clock.now(), patient_with_episode, TODAY - timedelta(days=300)
        with acting_as(cast.maya):
            for _ in range(sessions):
                draft = a_session(random, at)
                visit = Visit(
                    patient_id=at.patient_id,
                    episode_id=at.episode_id,
                    author_id=cast.maya.id,
                    served_on=draft.served_on,
                    start_time=draft.start_time,
                    decision=Decision.TREATED,
                    consent_by=ConsentBy.PATIENT if draft.served_on < long_ago else None,
                    created_at=now,
                    changed_at=now,
                )
                db.session.add(visit)
                db.session.flush()
                write_rows(visit, VisitDraft(served_on=draft.served_on), draft)
                if random.random() < 0.9:
                    visit.signed_at, visit.signed_by_id = now, cast.maya.id
                db.session.flush()
            audit.record("visit.opened", "visit", by=cast.maya)

    return stored


def signed_visits(patient_id, until):
    visits = db.session.scalars(
        select(Visit).where(Visit.patient_id == patient_id, Visit.signed_at.is_not(None))
    ).all()
    in_order = sorted(visits, key=lambda v: (v.served_on, v.start_time or time.min, v.id))
    return [visit for visit in in_order if visit.served_on <= until]


def everything_said(patient_id, until):
    """Return every answer of the patient's signed visits, the oldest first, by looking at all."""
    return [said for visit in signed_visits(patient_id, until) for said in _answers_of(visit)]


def every_consent(patient_id, until):
    """Return the consent given in each of the patient's signed visits."""
    return [
        PriorConsent(visit.served_on, tuple(_treated(visit)), frozenset({"sweep"}))
        for visit in signed_visits(patient_id, until)
        if visit.consent_by is not None
    ]


def _answers_of(visit):
    about = dict.fromkeys((Site("calf", Side.LEFT), *_treated(visit)))
    answers = select(ScreeningAnswer).where(ScreeningAnswer.visit_id == visit.id)
    for row in db.session.scalars(answers.order_by(ScreeningAnswer.id)).all():
        sites = select(ScreeningSite).where(ScreeningSite.screening_answer_id == row.id)
        flagged = tuple(Site(s.region, s.side) for s in db.session.scalars(sites))
        yield PriorAnswer(
            row.item, row.answer, visit.served_on, flagged, row.reason, row.mitigation,
            tuple(about), row.detail,
        )  # fmt: skip


def _treated(visit):
    return [use.site for use in load_visit(visit).draft.uses]


def unabridged(said, until):
    """Return the record and the last answers, from all that was said."""
    ever_yes = {asked.item for asked in said if asked.answer is Answer.YES}
    since = until - ASK_AGAIN_AFTER
    record = [
        asked if asked.item in ever_yes else asked._replace(detail="", reason="")
        for asked in said
        if asked.item in ever_yes
        or (
            asked.answer is Answer.NO
            and asked.asked_on >= since
            and asked.item not in EVERY_SESSION
        )
    ]
    return record, {a.item: a for a in said if a.answer is not Answer.NOT_ASKED}


def can_count(record):
    """Leave out what was replaced since, of items ever answered yes."""
    latest = LatestAnswers()
    ever_yes = {asked.item for asked in record if asked.answer is Answer.YES}
    kept = [
        asked
        for asked in reversed(record)
        if asked.item not in ever_yes
        or latest.counts(asked.item, asked.answer, asked.sites, asked.asked_about)
    ]
    return sorted(kept, key=repr)


@pytest.mark.parametrize("seed", range(6))
def test_the_record_and_the_last_answers_are_those_of_the_whole_history(
    acting_as, cast, patient_with_episode, history, seed
):
    random = Random(seed)  # noqa: S311 - invented data, not a secret.
    history(random, random.choice((3, LATEST, 2 * LATEST)))
    patient_id, about = patient_with_episode.patient_id, (Site("calf", Side.LEFT),)
    with acting_as(cast.maya):
        for until in (TODAY, TODAY - timedelta(days=25), TODAY - timedelta(days=100)):
            whole, whole_last = unabridged(everything_said(patient_id, until), until)
            found = answers_and_last(earlier_visits(patient_id, until))
            assert sorted(found.record, key=repr) == can_count(whole)
            assert found.record == record_of_answers(patient_id, until)
            last = {a.item: (a.answer, a.asked_on, a.asked_about) for a in found.last}
            assert last == {
                item: (a.answer, a.asked_on, a.asked_about) for item, a in whole_last.items()
            }
            due = items_due(whole, about, until)
            assert items_due(found.record, about, until) == due
            assert reconfirmable(
                found.last, found.record, due=due, about=about, on=until
            ) == reconfirmable([*whole_last.values()], whole, due=due, about=about, on=until)
            treated = VisitDraft(served_on=until, uses=(drafts.calf_use(1, stroke="brush"),))
            assert consent_needed(treated, found.consents) == consent_needed(
                treated, every_consent(patient_id, until)
            )
