"""Checks of a treatment row: angle, pressure, force, minutes, discomfort (clinical.md 2, 4, 6)."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from clinic_notes.clinical.drafts import UseDraft
from clinic_notes.clinical.findings import ChoiceMark, Finding, Level
from clinic_notes.clinical.limits import Limits, check_number
from clinic_notes.clinical.screening.pressure_caps import PressureCap
from clinic_notes.clinical.screening.rulings import LEAST_REASON
from clinic_notes.clinical.wording import capitalized, in_sentence, listed, site_text
from clinic_notes.reference.regions import Region, regions, tissues
from clinic_notes.reference.techniques import strokes
from clinic_notes.reference.terms import Pressure

ANGLE = Limits("Angle", 0, 90, "°", decimals=0)
NEWTONS = Limits("Force", 0, 125, "N", decimals=2)
"""125 N is the upper end of a validated device (clinical.md 2.2)."""
CAUTIOUS_NEWTONS = 5
"""Newtons above which to warn where pressure is to be reduced (clinical.md 4.4)."""
USE_MINUTES = Limits("Minutes", 0, 120, "min", decimals=2, is_more_than_least=True)
DISCOMFORT = Limits("Discomfort", 0, 10, decimals=0, unusual_above=6)
"""The patient's own rating while treated; above 6 is a reason to back off (clinical.md 2.2)."""
TIMED_MINUTES = Limits("Timed minutes", 0, 480, "min", decimals=0)
TOTAL_MINUTES = replace(TIMED_MINUTES, label="Total minutes")


def check_use(use: UseDraft, *, prefix: str, cap: PressureCap | None = None) -> tuple[Finding, ...]:
    """Return what cannot be right, or needs care, in one treatment row.

    ``prefix`` is the row's name in the form, as ``uses-0``; ``cap`` the highest pressure that is
    allowed at its site today.
    """
    return (
        *_check_site(use, prefix),
        *_check_angle(use, prefix),
        *check_pressure(use, prefix, cap),
        *_check_force(use, prefix, cap),
        *_check_minutes(use, prefix),
        *_check_discomfort(use, prefix),
    )


def check_pressure(use: UseDraft, prefix: str, cap: PressureCap | None) -> Iterator[Finding]:
    """Yield what speaks against the pressure of a row: a cap, the stroke, the region."""
    if use.pressure is None:
        return
    about = f"{prefix}-pressure"
    if cap is not None and use.pressure.rank > cap.pressure.rank:
        yield _block(cap.message, about)
    stroke, region = strokes.find(use.stroke), regions.find(use.region)
    if stroke is not None and _is_above(use.pressure, stroke.pressure_cap):
        name = in_sentence(stroke.label)
        yield _block(f"Pressure at most {stroke.pressure_cap} with the stroke {name}.", about)
    if region is None:
        return
    where = capitalized(site_text(use.site))
    if _is_above(use.pressure, region.pressure_cap):
        allowed = f"at most {region.pressure_cap} pressure"
        yield _block(f"{where} is treated with {allowed}: {region.caution}.", about)
    elif region.light_only and use.pressure is not Pressure.LIGHT:
        yield _caution(f"{where} is treated with light pressure only: {region.caution}.", about)
        if len(use.note.strip()) < LEAST_REASON:
            why = f"Write in the remark why more than light pressure, {LEAST_REASON} characters."
            yield _block(why, f"{prefix}-note")


def pressure_marks(use: UseDraft, cap: PressureCap | None) -> tuple[ChoiceMark, ...]:
    """Return the grades that something speaks against in this row, each with the sentence."""
    marks = []
    for grade in Pressure:
        found = [
            finding
            for finding in check_pressure(replace(use, pressure=grade), "use", cap)
            if finding.about == "use-pressure"
        ]
        out = [finding for finding in found if finding.level is not Level.CAUTION]
        if found:
            said = (finding.message for finding in out or found)
            marks.append(ChoiceMark(grade.value, " ".join(said), bool(out)))
    return tuple(marks)


def treated_minutes(uses: Iterable[UseDraft]) -> Decimal:
    """Return the minutes of all treatment rows together; a row without minutes adds none."""
    given = (use.minutes for use in uses if use.minutes is not None)
    return sum((minutes for minutes in given if minutes.is_finite()), Decimal(0))


def check_minutes(
    timed: int | None, total: int | None, with_instruments: Decimal = Decimal(0)
) -> tuple[Finding, ...]:
    """Return what cannot be right in the session's minutes.

    Each is 0 to 480. ``with_instruments`` may not exceed ``timed``, nor ``timed`` ``total``.
    """
    findings: list[Finding] = []
    if timed is not None:
        findings += check_number(timed, TIMED_MINUTES, "timed_minutes")
        if with_instruments > timed >= 0:
            findings.append(
                _refuse(
                    "The instruments alone took longer than the timed minutes.", "timed_minutes"
                )
            )
    if total is not None:
        findings += check_number(total, TOTAL_MINUTES, "total_minutes")
        if timed is not None and timed > total:
            findings.append(
                _refuse("Timed minutes are part of the total: it cannot be less.", "total_minutes")
            )
    return tuple(findings)


def _check_site(use: UseDraft, prefix: str) -> Iterator[Finding]:
    if not use.instrument_id:
        yield _refuse("Choose the instrument.", f"{prefix}-instrument_id")
    if not use.region:
        yield _refuse("Choose the region.", f"{prefix}-region")
    region = regions.find(use.region)
    if region is None:
        return
    if use.side not in region.sides:
        allowed = listed(region.sides, "or")
        yield _refuse(f"{region.label}: the side is {allowed}.", f"{prefix}-side")
    yield from _check_tissues(use, region, prefix)


def _check_tissues(use: UseDraft, region: Region, prefix: str) -> Iterator[Finding]:
    elsewhere = [
        in_sentence(tissues.label(key)) for key in use.tissues if key not in region.tissues
    ]
    if elsewhere:
        yield _caution(
            f"{capitalized(listed(elsewhere))} is not listed for {in_sentence(region.label)}.",
            f"{prefix}-tissues",
        )


def _check_angle(use: UseDraft, prefix: str) -> Iterator[Finding]:
    if use.angle_degrees is None:
        return
    about = f"{prefix}-angle_degrees"
    refused = tuple(check_number(use.angle_degrees, ANGLE, about))
    yield from refused
    stroke = strokes.find(use.stroke)
    if refused or stroke is None or stroke.angle_low is None or stroke.angle_high is None:
        return
    if not stroke.angle_low <= use.angle_degrees <= stroke.angle_high:
        usual = f"{stroke.angle_low}° to {stroke.angle_high}°"
        if stroke.angle_low == stroke.angle_high:
            usual = f"{stroke.angle_low}°"
        yield _caution(f"{stroke.label} is usually done at {usual}.", about)


def _is_above(pressure: Pressure, cap: Pressure | None) -> bool:
    return cap is not None and pressure.rank > cap.rank


def _check_force(use: UseDraft, prefix: str, cap: PressureCap | None) -> Iterator[Finding]:
    if use.newtons is None:
        if use.newtons_source is not None:
            yield _refuse(
                "Enter the newtons, or leave out where they come from.", f"{prefix}-newtons"
            )
        return
    refused = tuple(check_number(use.newtons, NEWTONS, f"{prefix}-newtons"))
    yield from refused
    if use.newtons_source is None:
        yield _refuse("Say whether it was measured or estimated.", f"{prefix}-newtons_source")
    if cap is not None and not refused and use.newtons > CAUTIOUS_NEWTONS:
        yield _caution(
            f"More than {CAUTIOUS_NEWTONS} N, though pressure is to be reduced today.",
            f"{prefix}-newtons",
        )


def _check_minutes(use: UseDraft, prefix: str) -> Iterator[Finding]:
    if use.minutes is not None:
        yield from check_number(use.minutes, USE_MINUTES, f"{prefix}-minutes")


def _check_discomfort(use: UseDraft, prefix: str) -> Iterator[Finding]:
    if use.discomfort is not None:
        yield from check_number(use.discomfort, DISCOMFORT, f"{prefix}-discomfort")


def _refuse(message: str, about: str) -> Finding:
    return Finding(Level.REFUSE, message, about)


def _block(message: str, about: str) -> Finding:
    return Finding(Level.BLOCK, message, about)


def _caution(message: str, about: str) -> Finding:
    return Finding(Level.CAUTION, message, about)
