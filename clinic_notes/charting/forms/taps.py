"""When safety questions were answered in one tap, as the page carries it until it is saved.

A line says the moment, the answer, and the items: ``2026-11-22T14:02:11Z no sunburn hematoma``.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from clinic_notes.reference.contraindications import checklist
from clinic_notes.reference.terms import Answer

FORM = "%Y-%m-%dT%H:%M:%SZ"
MOST = 100
"""Lines that are read: more taps than this are no person's."""


def stamp(at: datetime) -> str:
    """Return a moment as a line says it."""
    return f"{at.astimezone(UTC):{FORM}}"


def written(at: datetime, answer: Answer, items: Iterable[str]) -> str:
    """Return the line for a tap that gave this answer to these items."""
    return " ".join((stamp(at), answer.value, *items))


def read(lines: Sequence[str]) -> Mapping[tuple[str, Answer], datetime]:
    """Return the moment of each (item, answer); a line that says none is passed over.

    Whether a moment can be right is for the action to say, which knows the time.
    """
    found: dict[tuple[str, Answer], datetime] = {}
    for line in lines[:MOST]:
        moment, _, rest = line.partition(" ")
        answer, *items = rest.split(" ")
        try:
            at = datetime.strptime(moment, FORM).replace(tzinfo=UTC)
            found |= {(item, Answer(answer)): at for item in items if item in checklist}
        except ValueError:
            continue
    return found
