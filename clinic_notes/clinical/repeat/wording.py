"""What a note tells of a treatment that was repeated: from when, and what is not as it was."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from clinic_notes.clinical.drafts import UseDraft, VisitDraft
from clinic_notes.clinical.repeat.treatment import SETTINGS, Origin, PastTreatment, origins
from clinic_notes.clinical.summary import Names
from clinic_notes.clinical.wording import day_near, listed, place, with_unit, within
from clinic_notes.reference.catalogue import Catalogue
from clinic_notes.reference.regions import tissues
from clinic_notes.reference.techniques import directions, motions, positions, strokes

_TITLES = {
    "region": "place",
    "side": "place",
    "instrument_id": "instrument",
    "angle_degrees": "angle",
    "minutes": "time",
    "lubricant_id": "lubricant",
}
_CATALOGUES: dict[str, Catalogue[Any]] = {
    "stroke": strokes,
    "direction": directions,
    "motion": motions,
}
_UNITS = {"angle_degrees": "°", "minutes": "min"}

Copied = tuple[UseDraft, UseDraft, PastTreatment]
"""A row, the row it was copied from, and the session that one stands in."""


def repeat_in_words(draft: VisitDraft, sources: Sequence[PastTreatment], names: Names) -> str:
    """Return "Treatment repeated from 12 Nov; changed: pressure moderate to firm", or "".

    ``sources`` are the sessions the rows were copied from. Rows added are told, and rows of the
    session that was repeated which are not there any more.
    """
    copied = _copied(draft.uses, sources)
    if not copied:
        return ""
    days = sorted({past_treatment.served_on for _, _, past_treatment in copied}, reverse=True)
    told = f"Treatment repeated from {listed([day_near(on, draft.served_on) for on in days])}"
    ids = {use.copied_from_id for use, _, _ in copied}
    parts = (
        ("changed", [*_changes(draft, copied, names)]),
        ("added", [place(use.site) for use in draft.uses if use.copied_from_id not in ids]),
        ("left out", [*_left_out(draft, sources)]),
    )
    said = "; ".join(f"{title}: {', '.join(words)}" for title, words in parts if words)
    return f"{told}; {said}" if said else f"{told}, unchanged"


def origin_in_words(use: UseDraft, sources: Sequence[PastTreatment], on: date) -> str:
    """Return how much of a row is as it was: "as on 12 Nov, checked"; "" where all was entered.

    ``on`` is the day of the session the row stands in.
    """
    for _, source, past_treatment in _copied([use], sources):
        when = day_near(past_treatment.served_on, on)
        given = origins(use, source)
        entered = [_TITLES.get(name, name) for name in given if given[name] is Origin.ENTERED]
        checked = ", checked" if use.is_confirmed else ""
        if entered:
            return f"{listed([*dict.fromkeys(entered)])} changed, the rest as on {when}{checked}"
        return f"as on {when}{checked}" if checked else f"copied from {when}"
    return ""


def _copied(uses: Sequence[UseDraft], sources: Sequence[PastTreatment]) -> list[Copied]:
    found = {
        use.id: (use, past_treatment) for past_treatment in sources for use in past_treatment.uses
    }
    return [(use, *found[use.copied_from_id]) for use in uses if use.copied_from_id in found]


def _changes(draft: VisitDraft, copied: Sequence[Copied], names: Names) -> Iterator[str]:
    for use, source, past_treatment in copied:
        where = f"{place(source.site)} " if len(draft.uses) > 1 else ""
        known = Names(
            instruments={**past_treatment.instruments, **names.instruments},
            lubricants={**past_treatment.lubricants, **names.lubricants},
        )
        if use.site != source.site:
            yield f"{place(source.site)} to {place(use.site)}"
        yield from (f"{where}{change}" for change in _differences(use, source, known))
    lain = {past_treatment.position for _, _, past_treatment in copied if past_treatment.position}
    if lain and draft.position not in lain:
        before = listed([_position(key) for key in sorted(lain)], "or")
        yield f"position {before} to {_position(draft.position)}"


def _left_out(draft: VisitDraft, sources: Sequence[PastTreatment]) -> Iterator[str]:
    kept = {use.copied_from_id for use in draft.uses}
    for past_treatment in sources:
        if past_treatment.visit_id == draft.repeated_from_id:
            yield from (place(use.site) for use in past_treatment.uses if use.id not in kept)


def _differences(use: UseDraft, source: UseDraft, names: Names) -> Iterator[str]:
    for name in SETTINGS:
        before, after = getattr(source, name), getattr(use, name)
        if before != after:
            told = f"{_worded(name, before, names)} to {_worded(name, after, names)}"
            yield f"{_TITLES.get(name, name)} {told}"


def _worded(name: str, value: Any, names: Names) -> str:
    if value in (None, "", (), 0):
        return "none"
    if name in _CATALOGUES:
        return within(_CATALOGUES[name].label(value))
    if name in _UNITS:
        return with_unit(value, _UNITS[name])
    match name:
        case "instrument_id":
            return names.instruments.get(value, "another")
        case "lubricant_id":
            return names.lubricants.get(value, "another")
        case "tissues":
            return listed([within(tissues.label(key)) for key in value])
    return str(value)


def _position(key: str) -> str:
    return within(positions.label(key)) if key else "not said"
