"""Invented documentation times: mostly about a minute, now and then too short."""

from clinic_notes.clinical.documentation_time import TimeSpent

TREATING_MS = 22 * 60_000
"""How long the form is open while the patient is treated."""


def time_spent_on(number: int) -> TimeSpent:
    """Return the time spent on the nth note, always the same for the same number."""
    turn = (number * 37) % 53
    seconds = 11 if turn == 0 else 27 + turn
    return TimeSpent(
        elapsed_ms=TREATING_MS + 1000 * seconds,
        first_input_ms=1800 + 90 * turn,
        active_ms=1000 * seconds,
        interactions=11 + turn % 6,
        keystrokes=24 + turn,
        refused=("total_minutes",) if turn % 17 == 5 else (),
    )
