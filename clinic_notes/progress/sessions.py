"""The list of sessions: one line for each visit."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from clinic_notes.clinical.drafts import PainDraft, RomDraft
from clinic_notes.clinical.readings import marked_text, reading_text
from clinic_notes.clinical.wording import capitalized, in_sentence, listed, site_text
from clinic_notes.progress.queries import CorrectedEnds, Readings, Treatment, VisitRow
from clinic_notes.reference.effects import skin_responses
from clinic_notes.reference.movements import movements
from clinic_notes.reference.terms import Decision, Pressure, Side


@dataclass(frozen=True)
class SessionLine:
    """A visit in the list of sessions. ``pain`` and ``rom`` are (before, after), or None."""

    id: int
    episode_id: int
    served_on: date
    complaint: str
    is_treated: bool
    treated: str
    pressure: str
    pain: tuple[str, str] | None
    rom: tuple[str, str] | None
    rom_label: str
    skin: str
    is_signed: bool
    awaits_cosignature: bool
    void_words: str
    signed_by: str
    may_be_repeated: bool
    is_corrected: bool


def session_lines(
    visits: Sequence[VisitRow],
    treatments: Mapping[int, Sequence[Treatment]],
    readings: Readings,
    complaints: Mapping[int, str],
    corrected: CorrectedEnds,
) -> tuple[SessionLine, ...]:
    """Return the visits as lines, in their order; ``complaints`` are those of the episodes."""
    return tuple(
        _line(
            visit,
            # What a voided note says is read on its page alone.
            () if visit.void_words else treatments.get(visit.id, ()),
            () if visit.void_words else readings.get(visit.id, ()),
            complaints[visit.episode_id],
            corrected,
        )
        for visit in visits
    )


def _line(
    visit: VisitRow,
    uses: Sequence[Treatment],
    readings: Sequence[object],
    complaint: str,
    corrected: CorrectedEnds,
) -> SessionLine:
    rom = _main_rom([row for row in readings if isinstance(row, RomDraft)])
    return SessionLine(
        id=visit.id,
        episode_id=visit.episode_id,
        served_on=visit.served_on,
        complaint=complaint,
        is_treated=visit.decision is Decision.TREATED,
        treated=capitalized(listed([*dict.fromkeys(site_text(use.site) for use in uses)])),
        pressure=_pressures(uses),
        pain=_pain_now((row for row in readings if isinstance(row, PainDraft)), corrected),
        rom=_ends(rom, corrected, "°") if rom else None,
        rom_label=in_sentence(movement_label(rom)) if rom else "",
        skin=in_sentence(skin_responses.label(visit.skin_response)),
        is_signed=visit.is_signed,
        awaits_cosignature=visit.awaits_cosignature,
        void_words=visit.void_words,
        signed_by=visit.signed_by,
        may_be_repeated=visit.may_be_repeated,
        is_corrected=visit.is_corrected,
    )


def _pressures(uses: Iterable[Treatment]) -> str:
    """Return every pressure used: an ordinal scale has no mean."""
    used = {use.pressure for use in uses}
    return ", ".join(pressure for pressure in Pressure if pressure in used)


def _ends(row: PainDraft | RomDraft, corrected: CorrectedEnds, unit: str = "") -> tuple[str, str]:
    ends = corrected.get(row.id or 0, ())
    return (
        marked_text(
            reading_text(row.before, unit),
            is_corrected="before" in ends,
            by_patient=row.before.by_patient,
        ),
        marked_text(reading_text(row.after, unit), is_corrected="after" in ends),
    )


def _pain_now(pains: Iterable[PainDraft], corrected: CorrectedEnds) -> tuple[str, str] | None:
    """Return pain now, before and after: every treated session has it, so lines compare."""
    for pain in pains:
        if pain.context == "now" and not (pain.before.is_blank and pain.after.is_blank):
            return _ends(pain, corrected)
    return None


def _main_rom(roms: Iterable[RomDraft]) -> RomDraft | None:
    """Return the first movement with both readings, else the first with one."""
    measured = [rom for rom in roms if not (rom.before.is_blank and rom.after.is_blank)]
    pairs = [rom for rom in measured if not rom.before.is_blank and not rom.after.is_blank]
    return next(iter(pairs or measured), None)


def movement_label(rom: RomDraft) -> str:
    """Return "Ankle dorsiflexion, left"."""
    sides = {Side.BILATERAL: ", both sides", Side.MIDLINE: ""}
    return movements.label(rom.movement) + sides.get(rom.side, f", {rom.side}")
