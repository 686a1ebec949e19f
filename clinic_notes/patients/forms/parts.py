"""Fields that both forms are made of."""

from collections.abc import Collection
from typing import Any

from wtforms import DateField
from wtforms.validators import InputRequired, Optional

from clinic_notes.core.display import today
from clinic_notes.reference.catalogue import Catalogue


def day(label: str, *, required: bool = False) -> Any:
    """Return a field for a date, which says in words how one is written."""
    return DateField(  # type: ignore[call-arg]  # The stubs do not know WTForms 3.3's last argument.
        label,
        [InputRequired(f"{label} is needed.") if required else Optional()],
        invalid_value_message=f"{label}: write it as year-month-day, for example 2026-03-11.",
    )


def choices(catalogue: Catalogue[Any], held: Collection[str]) -> list[tuple[str, str]]:
    """Return what is offered today, and what is on record though it was retired since."""
    on = today()
    return [(e.key, e.label) for e in catalogue if e.is_current(on) or e.key in held]
