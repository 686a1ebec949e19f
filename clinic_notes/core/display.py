"""How values read on a page: days, times, ages, words, and what macros write."""

from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask, g, get_template_attribute
from flask_login import current_user
from jinja2.utils import htmlsafe_json_dumps

from clinic_notes.clinical.wording import age, day, span_text
from clinic_notes.core import clock
from clinic_notes.core.permissions import Permission


def moment(value: datetime | None, time_zone: str) -> str:
    """Return a moment on the clinic's clock, with its zone: ``4 Mar 2026, 10:30 CET``."""
    if value is None:
        return ""
    local = value.astimezone(ZoneInfo(time_zone))
    return f"{day(local.date())}, {local:%H:%M %Z}"


def words(term: StrEnum | str | None) -> str:
    """Return a vocabulary's member as words: ``not asked`` for ``not_asked``."""
    return "" if term is None else str(term).replace("_", " ")


def today() -> date:
    """Return today at the clinic of the person signed in."""
    if "today" not in g:
        g.today = clock.today(current_user.clinic.time_zone)
    on: date = g.today
    return on


def day_of(value: datetime) -> date:
    """Return the day a moment falls on at the clinic of the person signed in."""
    return value.astimezone(ZoneInfo(current_user.clinic.time_zone)).date()


def local(value: datetime | None) -> str:
    """Return a moment on the clock of the clinic of the person signed in."""
    return moment(value, current_user.clinic.time_zone)


def clock_time(value: datetime) -> str:
    """Return a moment as short as it can be said today: ``14:02``, or ``4 Mar 2026, 14:02``."""
    at = value.astimezone(ZoneInfo(current_user.clinic.time_zone))
    return f"{at:%H:%M}" if at.date() == today() else f"{day(at.date())}, {at:%H:%M}"


def time_of(value: datetime) -> str:
    """Return when something happened, seen from today: ``at 14:02``, ``on 4 Mar 2026 at 14:02``."""
    at = value.astimezone(ZoneInfo(current_user.clinic.time_zone))
    return f"at {at:%H:%M}" if at.date() == today() else f"on {day(at.date())} at {at:%H:%M}"


def render_macro(template: str, name: str, /, *arguments: Any, **named: Any) -> str:
    """Return what a template's macro writes."""
    html: str = get_template_attribute(template, name)(*arguments, **named)
    return html


@lru_cache(maxsize=8192)
def cached_macro(template: str, name: str, /, *arguments: Any) -> str:
    """Return the same, rendered once for the same arguments, which must be hashable."""
    return render_macro(template, name, *arguments)


def in_page(facts: object) -> str:
    """Return data as JSON for a script of the page; nothing in it reads as markup."""
    return htmlsafe_json_dumps(facts, ensure_ascii=False, separators=(",", ":"))


def register(app: Flask) -> None:
    """Give the templates these words."""
    filters: dict[str, Any] = {
        "clock_time": clock_time,
        "day": day,
        "local": local,
        "time_of": time_of,
        "words": words,
    }
    app.jinja_env.filters.update(filters)
    app.jinja_env.globals.update(
        Permission=Permission, age=age, now=clock.now, span_text=span_text, today=today
    )
