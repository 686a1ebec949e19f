"""What is read of visits: one to work on, the course before it, the lists of the day."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import contains_eager, joinedload
from sqlalchemy.orm.interfaces import ORMOption

from clinic_notes.accounts.models import User
from clinic_notes.charting.models import (
    Addendum,
    InstrumentUse,
    ScreeningAnswer,
    ScreeningSite,
    Signature,
    Visit,
)
from clinic_notes.clinical.drafts import Site
from clinic_notes.clinical.screening import Asked
from clinic_notes.core.db import db
from clinic_notes.core.permissions import ROLES, Permission
from clinic_notes.patients.models import Episode, Patient
from clinic_notes.reference.terms import Answer

WHO: tuple[ORMOption, ...] = (
    joinedload(Visit.patient).joinedload(Patient.allergies),
    joinedload(Visit.episode),
    joinedload(Visit.author),
)
"""The patient with what she reacts to, the episode and the author, in one statement."""

WHO_AND_ALERTS: tuple[ORMOption, ...] = (
    *WHO,
    joinedload(Visit.patient).joinedload(Patient.conditions),
)
"""The same with her standing conditions, for the bar that stays in sight."""


def signatures_of(visit: Visit) -> Sequence[Signature]:
    """Return the signatures under a note, the author's first."""
    mine = select(Signature).where(Signature.visit_id == visit.id).order_by(Signature.id)
    return db.session.scalars(mine).all()


def addenda_to(visit: Visit) -> Sequence[Addendum]:
    """Return what was added to a signed note, in the order it was written."""
    added = select(Addendum).where(Addendum.visit_id == visit.id).order_by(Addendum.id)
    return db.session.scalars(added).all()


def record_of_answers(patient_id: int, on: date) -> tuple[Asked, ...]:
    """Return the answers of earlier signed visits that may still speak today, oldest first.

    Those of the last 30 days, and all about an item that was ever answered yes.
    """
    said_yes = (
        select(ScreeningAnswer.item)
        .join(Visit, Visit.id == ScreeningAnswer.visit_id)
        .where(Visit.patient_id == patient_id, ScreeningAnswer.answer == Answer.YES)
    )
    earlier = (
        select(
            ScreeningAnswer.id,
            ScreeningAnswer.visit_id,
            ScreeningAnswer.item,
            ScreeningAnswer.answer,
            ScreeningAnswer.reason,
            ScreeningAnswer.mitigation,
            Visit.served_on,
            ScreeningSite.region,
            ScreeningSite.side,
        )
        .join(Visit, Visit.id == ScreeningAnswer.visit_id)
        .outerjoin(ScreeningSite, ScreeningSite.screening_answer_id == ScreeningAnswer.id)
        .where(
            Visit.patient_id == patient_id,
            Visit.signed_at.is_not(None),
            Visit.served_on <= on,
            or_(
                Visit.served_on >= on - timedelta(days=31),
                ScreeningAnswer.item.in_(said_yes),
            ),
        )
        .order_by(Visit.served_on, Visit.start_time.nulls_first(), Visit.id, ScreeningAnswer.id)
    )
    return _asked(db.session.execute(earlier).all(), _places_asked_about(patient_id))


def _asked(rows: Sequence[Any], about: dict[int, tuple[Site, ...]]) -> tuple[Asked, ...]:
    sites: defaultdict[int, list[Site]] = defaultdict(list)
    first: dict[int, Any] = {}
    for row in rows:
        first.setdefault(row.id, row)
        if row.region is not None:
            sites[row.id].append(Site(row.region, row.side))
    return tuple(
        Asked(
            item=row.item,
            answer=row.answer,
            asked_on=row.served_on,
            sites=tuple(sites[row.id]),
            reason=row.reason,
            mitigation=row.mitigation,
            asked_about=about[row.visit_id],
        )
        for row in first.values()
    )


def _places_asked_about(patient_id: int) -> dict[int, tuple[Site, ...]]:
    """Return, for each signed visit, the places its safety check was about."""
    statement = (
        select(Visit.id, Episode.region, Episode.side, InstrumentUse.region, InstrumentUse.side)
        .join(Episode, Episode.id == Visit.episode_id)
        .outerjoin(InstrumentUse, InstrumentUse.visit_id == Visit.id)
        .where(Visit.patient_id == patient_id, Visit.signed_at.is_not(None))
    )
    places: defaultdict[int, dict[Site, None]] = defaultdict(dict)
    for visit_id, region, side, used_region, used_side in db.session.execute(statement):
        places[visit_id][Site(region, side)] = None
        if used_region is not None:
            places[visit_id][Site(used_region, used_side)] = None
    return {visit_id: tuple(found) for visit_id, found in places.items()}


def last_signed_visit(episode_id: int, before: date) -> Visit | None:
    """Return the latest signed visit of the episode, by the day it took place."""
    latest = (
        select(Visit)
        .where(
            Visit.episode_id == episode_id,
            Visit.signed_at.is_not(None),
            Visit.served_on <= before,
        )
        .order_by(Visit.served_on.desc(), Visit.start_time.desc().nulls_last(), Visit.id.desc())
        .limit(1)
    )
    return db.session.scalars(latest).first()


def number_in_episode(visit: Visit) -> int:
    """Return which session of its episode this is, by the day it took place."""
    earlier = select(func.count()).where(
        Visit.episode_id == visit.episode_id,
        or_(
            Visit.served_on < visit.served_on,
            (Visit.served_on == visit.served_on) & (Visit.id < (visit.id or 2**31)),
        ),
    )
    return (db.session.scalar(earlier) or 0) + 1


def drafts_by(author: User) -> Sequence[Visit]:
    """Return the notes this person has begun and not signed, the oldest first."""
    mine = (
        select(Visit)
        .join(Visit.patient)
        .options(contains_eager(Visit.patient), joinedload(Visit.episode))
        .where(Visit.author_id == author.id, Visit.signed_at.is_(None))
        .order_by(Visit.served_on, Visit.id)
    )
    return db.session.scalars(mine).all()


def visits_in_episode(episode_id: int) -> int:
    """Return how many visits the episode has, signed or not."""
    counted = select(func.count(Visit.id)).where(Visit.episode_id == episode_id)
    return db.session.scalar(counted) or 0


def clinicians(also: int | None) -> Sequence[User]:
    """Return the people of the clinic who treat, and the one of that id, by name."""
    treating = [role for role, allowed in ROLES.items() if Permission.CHART_WRITE in allowed]
    statement = select(User).where(or_(User.role.in_(treating) & User.enabled, User.id == also))
    return db.session.scalars(statement.order_by(User.name)).all()


def signed_lately(by: User) -> Sequence[Visit]:
    """Return the last ten notes this person signed."""
    statement = (
        select(Visit)
        .options(joinedload(Visit.patient), joinedload(Visit.episode))
        .where(Visit.signed_by_id == by.id)
        .order_by(Visit.signed_at.desc())
        .limit(10)
    )
    return db.session.scalars(statement).all()
