"""The kiosk a browser session is locked to, and the answers of a session's patient."""

from flask import current_app, g
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from clinic_notes.charting.models.kiosk import Kiosk
from clinic_notes.core import clock
from clinic_notes.core.db import db


def current_kiosk(*, to_change: bool = False) -> Kiosk | None:
    """Return the kiosk this browser session is locked to; None where it is not locked."""
    number = g.get("kiosk_id")
    if number is None:
        return None
    this = select(Kiosk).options(joinedload(Kiosk.patient)).where(Kiosk.id == number)
    return db.session.scalar(this.with_for_update(of=Kiosk) if to_change else this)


def is_idle(kiosk: Kiosk) -> bool:
    """Say whether the tablet was left: nobody answered for the idle time."""
    is_left: bool = clock.now() - kiosk.seen_at >= current_app.config["IDLE_AFTER"]
    return kiosk.finished_at is None and is_left


def last_kiosk(visit_id: int) -> Kiosk | None:
    """Return the latest kiosk of a visit."""
    of_visit = select(Kiosk).where(Kiosk.visit_id == visit_id)
    return db.session.scalar(of_visit.order_by(Kiosk.id.desc()).limit(1))
