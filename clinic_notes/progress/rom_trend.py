"""Range of motion over an episode: first and latest readings."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from clinic_notes.clinical.drafts import Measured, RomDraft
from clinic_notes.clinical.readings import change_text, reading_text
from clinic_notes.clinical.wording import in_sentence
from clinic_notes.reference.movements import devices, joint_positions, movements
from clinic_notes.reference.terms import Side


@dataclass(frozen=True)
class RomTrend:
    """One movement, measured the same way: same side, mode, position and device."""

    label: str
    how: str
    first: str
    first_on: date
    latest: str
    latest_on: date
    change: str
    times: int


def rom_trends(readings: Iterable[tuple[date, RomDraft]]) -> tuple[RomTrend, ...]:
    """Return first and latest reading before treatment of each movement, in the order given.

    ``readings`` are (day, reading), the earliest first. The effect within one session is on its
    note; these readings show what lasted until the next.
    """
    series: dict[tuple[object, ...], list[tuple[date, RomDraft]]] = {}
    for on, rom in readings:
        if not rom.before.is_blank:
            way = (rom.movement, rom.side, rom.mode, rom.position, rom.device)
            series.setdefault(way, []).append((on, rom))
    return tuple(_row(measured) for measured in series.values())


def movement_label(rom: RomDraft) -> str:
    """Return "Ankle dorsiflexion, left"."""
    sides = {Side.BILATERAL: ", both sides", Side.MIDLINE: ""}
    return movements.label(rom.movement) + sides.get(rom.side, f", {rom.side}")


def _row(measured: list[tuple[date, RomDraft]]) -> RomTrend:
    (first_on, first), (latest_on, latest) = measured[0], measured[-1]
    return RomTrend(
        label=movement_label(first),
        how=_how(first),
        first=_text(first.before),
        first_on=first_on,
        latest=_text(latest.before),
        latest_on=latest_on,
        change=change_text(first.before, latest.before, "°").strip(" ()"),
        times=len(measured),
    )


def _how(rom: RomDraft) -> str:
    position = in_sentence(joint_positions.label(rom.position)) if rom.position else ""
    device = in_sentence(devices.label(rom.device)) if rom.device else ""
    return ", ".join(part for part in (str(rom.mode), position, device) if part)


def _text(end: Measured) -> str:
    return reading_text(end, "°")
