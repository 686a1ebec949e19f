"""A repeated treatment in words: from which session, and what was changed."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from clinic_notes.clinical.drafts import UseDraft, VisitDraft
from clinic_notes.clinical.repeat.treatment import SETTINGS, Origin, PastTreatment, origins
from clinic_notes.clinical.summary import Names
from clinic_notes.clinical.wording import day_near, in_sentence, listed, site_text, with_unit
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
"""A row, the row it was copied from, and the treatment that one is part of."""


def repeat_in_words(draft: VisitDraft, sources: Sequence[PastTreatment], names: Names) -> str:
    """Return "Treatment repeated from 12 Nov; changed: pressure moderate to firm", or "".

    ``sources`` are the sessions the rows were copied from. Rows that were added are named, and so
    are rows of the repeated session that were left out.
    """
    copied = _copied(draft.uses, sources)
    if not copied:
        return ""
    days = sorted({past_treatment.served_on for _, _, past_treatment in copied}, reverse=True)
    repeated = f"Treatment repeated from {listed([day_near(on, draft.served_on) for on in days])}"
    ids = {use.copied_from_id for use, _, _ in copied}
    parts = (
        ("changed", [*_changes(draft, copied, names)]),
        ("added", [site_text(use.site) for use in draft.uses if use.copied_from_id not in ids]),
        ("left out", [*_left_out(draft, sources)]),
    )
    changes = "; ".join(f"{title}: {', '.join(words)}" for title, words in parts if words)
    return f"{repeated}; {changes}" if changes else f"{repeated}, unchanged"


def origin_in_words(use: UseDraft, sources: Sequence[PastTreatment], on: date) -> str:
    """Return how much of a row is unchanged: "as on 12 Nov, checked"; "" where it was not copied.

    ``on`` is the day of the row's own session.
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
        where = f"{site_text(source.site)} " if len(draft.uses) > 1 else ""
        known = Names(
            instruments={**past_treatment.instruments, **names.instruments},
            lubricants={**past_treatment.lubricants, **names.lubricants},
        )
        if use.site != source.site:
            yield f"{site_text(source.site)} to {site_text(use.site)}"
        yield from (f"{where}{change}" for change in _differences(use, source, known))
    positions_before = {past.position for _, _, past in copied if past.position}
    if positions_before and draft.position not in positions_before:
        before = listed([_position(key) for key in sorted(positions_before)], "or")
        yield f"position {before} to {_position(draft.position)}"


def _left_out(draft: VisitDraft, sources: Sequence[PastTreatment]) -> Iterator[str]:
    copied = {use.copied_from_id for use in draft.uses}
    for past_treatment in sources:
        if past_treatment.visit_id == draft.repeated_from_id:
            yield from (site_text(use.site) for use in past_treatment.uses if use.id not in copied)


def _differences(use: UseDraft, source: UseDraft, names: Names) -> Iterator[str]:
    for name in SETTINGS:
        before, after = getattr(source, name), getattr(use, name)
        if before != after:
            words = f"{_value_text(name, before, names)} to {_value_text(name, after, names)}"
            yield f"{_TITLES.get(name, name)} {words}"


def _value_text(name: str, value: Any, names: Names) -> str:
    if value in (None, "", (), 0):
        return "none"
    if name in _CATALOGUES:
        return in_sentence(_CATALOGUES[name].label(value))
    if name in _UNITS:
        return with_unit(value, _UNITS[name])
    match name:
        case "instrument_id":
            return names.instruments.get(value, "another")
        case "lubricant_id":
            return names.lubricants.get(value, "another")
        case "tissues":
            return listed([in_sentence(tissues.label(key)) for key in value])
    return str(value)


def _position(key: str) -> str:
    return in_sentence(positions.label(key)) if key else "not said"
