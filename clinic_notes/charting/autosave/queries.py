"""What a user typed and did not save."""

from collections.abc import Sequence

from sqlalchemy import Boolean, Integer, String, bindparam, or_, select
from sqlalchemy.orm import joinedload, undefer

from clinic_notes.accounts.models import User
from clinic_notes.charting.autosave.form_instance import About, FormInstance, token_prefix
from clinic_notes.charting.models import AutosavedForm, Visit
from clinic_notes.charting.models.autosaved_form import ADDENDUM
from clinic_notes.core.db import db

# Every opened form asks these: they are built once.
_LATEST = (
    select(AutosavedForm)
    .options(undefer(AutosavedForm.fields))
    .where(
        AutosavedForm.person_id == bindparam("person_id", type_=Integer),
        AutosavedForm.patient_id == bindparam("patient_id", type_=Integer),
        AutosavedForm.fields != "",
    )
    .order_by(
        (AutosavedForm.id == bindparam("first", type_=Integer)).desc(),
        AutosavedForm.saved_at.desc(),
        AutosavedForm.id.desc(),
    )
    .limit(1)
)
_OF_THIS_VISIT = AutosavedForm.visit_id == bindparam("visit_id", type_=Integer)
_IS_ADDENDUM = AutosavedForm.form_instance.startswith(bindparam("addendum", type_=String))
_OF_A_VISIT = _LATEST.where(_OF_THIS_VISIT, ~_IS_ADDENDUM)
_OF_AN_ADDENDUM = _LATEST.where(_OF_THIS_VISIT, _IS_ADDENDUM)
_OF_A_NEW_VISIT = _LATEST.where(
    AutosavedForm.visit_id.is_(None),
    or_(
        bindparam("any_episode", type_=Boolean),
        AutosavedForm.episode_id == bindparam("episode_id", type_=Integer),
    ),
)


def autosaved_form(
    about: About, *, any_episode: bool, first: int | None, by: User
) -> AutosavedForm | None:
    """Return what this user typed about that and did not save, in one statement.

    Of several the one numbered ``first``, or else the latest.
    """
    statement = _OF_A_VISIT if about.visit_id is not None else _OF_A_NEW_VISIT
    asked = _values(about, by, first) | {"any_episode": any_episode}
    return db.session.scalars(statement, asked).first()


def autosaved_addendum(visit: Visit, by: User) -> AutosavedForm | None:
    """Return what this user meant to add to a signed note and did not send."""
    about = About(visit.patient_id, visit.episode_id, visit.id)
    return db.session.scalars(_OF_AN_ADDENDUM, _values(about, by)).first()


def autosaved_forms(by: User) -> Sequence[AutosavedForm]:
    """Return what this user typed in any form and did not save, the latest first."""
    mine = (
        select(AutosavedForm)
        .options(joinedload(AutosavedForm.patient), joinedload(AutosavedForm.episode))
        .where(AutosavedForm.person_id == by.id, AutosavedForm.fields != "")
        .order_by(AutosavedForm.saved_at.desc(), AutosavedForm.id.desc())
    )
    return db.session.scalars(mine).all()


def visit_of_form_instance(form_instance: FormInstance, by: User) -> int | None:
    """Return the visit a form became when it was saved from another window."""
    mine = select(AutosavedForm.visit_id).where(
        AutosavedForm.person_id == by.id, AutosavedForm.form_instance == form_instance.token
    )
    return db.session.scalar(mine)


def _values(about: About, by: User, first: int | None = None) -> dict[str, object]:
    addendum = token_prefix(by.id, ADDENDUM)
    return {**vars(about), "person_id": by.id, "first": first or 0, "addendum": addendum}
