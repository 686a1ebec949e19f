"""How a session that was taken out of the record reads."""

from datetime import datetime

from clinic_notes.charting.models import Visit
from clinic_notes.clinical.lifecycle import void_text
from clinic_notes.clinical.wording import day
from clinic_notes.core.display import day_of


def void_words(visit: Visit) -> str:
    """Return "voided on 4 Mar 2026 by Maya Reyes, PT: wrong patient"; "" where it was not."""
    void = visit.void
    if void is None:
        return ""
    return words_of_void(void.voided_at, void.printed_name, void.reason, is_signed=visit.is_signed)


def words_of_void(at: datetime, name: str, reason: str, *, is_signed: bool) -> str:
    """Return the same of the columns of a void."""
    return void_text(day(day_of(at)), name, reason, is_signed=is_signed)
