"""The verdict of the safety check, and the sites it blocks."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from clinic_notes.clinical.drafts import AnswerDraft, Site
from clinic_notes.clinical.findings import Finding, Level
from clinic_notes.clinical.readings.blood_pressure import blood_pressure_stop
from clinic_notes.clinical.screening.asked_once import counted_once
from clinic_notes.clinical.screening.due import PriorAnswer, by_item
from clinic_notes.clinical.screening.in_force import CarriedForward, active_yes
from clinic_notes.clinical.screening.pressure_caps import PressureCap, lowest_cap
from clinic_notes.clinical.screening.rulings import Ruling, ruling, ruling_not_asked
from clinic_notes.reference.contraindications import Questions, questions
from clinic_notes.reference.terms import Answer, Pressure


class Verdict(StrEnum):
    """The outcome of the safety check."""

    CLEAR = "clear"
    REASONS_NEEDED = "reasons_needed"
    REGIONS_BLOCKED = "regions_blocked"
    STOP = "stop"
    INCOMPLETE = "incomplete"
    """Questions due today are not asked yet; until then the absolute ones count as yes."""


@dataclass(frozen=True)
class Clearance:
    """What the safety check allows today, and why."""

    verdict: Verdict
    findings: tuple[Finding, ...]
    blocked: tuple[tuple[Site, str], ...] = ()
    """Sites that may not be treated today, each with the sentence that says why."""
    caps: tuple[PressureCap, ...] = ()
    """The highest pressures allowed, each with its reason and where it applies."""
    not_asked: tuple[str, ...] = ()
    """Keys of the items due today that have no answer."""
    carried_forward: tuple[CarriedForward, ...] = ()
    """Every active "yes" of an earlier session that was not given again today."""

    def cap_at(self, site: Site) -> PressureCap | None:
        """Return the lowest cap at a site, None where any pressure is allowed."""
        return lowest_cap(self.caps, site)


def clearance(
    answers: Iterable[AnswerDraft],
    *,
    about: Sequence[Site],
    history: Sequence[PriorAnswer] = (),
    due: Collection[str] | None = None,
    loaded: Collection[Site] = (),
    blood_pressure: tuple[int, int] | None = None,
    on: date,
    questions: Questions = questions,
) -> Clearance:
    """Return what the checklist allows at the sites to be treated (clinical.md 4.1, 4.3, 4.4).

    ``about`` are the treated sites, or the episode's own where none is treated yet;
    ``history`` the answers of earlier signed visits; ``due`` the items to ask today, all
    current ones where it is not given; ``loaded`` the sites that bear a load;
    ``blood_pressure`` today's reading; ``questions`` the items as the clinic's policy makes them,
    else the catalogue's. An absolute "yes" stops the session or blocks the region, a relative one
    needs a reason of 10 characters and a mitigation. An item that is due and not asked is never a
    "no".
    """
    about = tuple(dict.fromkeys(about))
    today = _asked_today(answers, about, on)
    by_key = by_item((*_asked_by(on, history), *today))
    items = questions.current(on)
    answered = {asked.item for asked in today}
    not_asked = [i for i in items if i.key not in answered and (due is None or i.key in due)]
    active = [
        yes
        for item in items
        if any(asked.answer is Answer.YES for asked in by_key[item.key])
        for yes in active_yes(item, by_key[item.key], about, loaded)
    ]
    given = [ruling(questions[yes.asked.item], yes, on) for yes in active]
    if blood_pressure is not None:
        stops = (blood_pressure_stop(item, blood_pressure) for item in items)
        given += [Ruling((stop,)) for stop in stops if stop is not None]
    missing = [ruling_not_asked(item, about) for item in not_asked]
    return Clearance(
        verdict=_verdict(given, is_finished=not missing),
        findings=tuple(finding for each in given + missing for finding in each.findings),
        blocked=tuple(block for each in given + missing for block in each.blocked),
        caps=tuple(cap for each in given for cap in each.caps),
        not_asked=tuple(item.key for item in not_asked),
        carried_forward=tuple(
            CarriedForward(yes.asked, _lowest(each.caps, about))
            for yes, each in zip(active, given, strict=False)
            if yes.is_relevant and yes.asked not in today
        ),
    )


def blocked_sites(
    answers: Iterable[AnswerDraft],
    *,
    about: Sequence[Site],
    sites: Sequence[Site],
    history: Sequence[PriorAnswer] = (),
    loaded: Collection[Site] = (),
    on: date,
    questions: Questions = questions,
) -> tuple[tuple[Site, str], ...]:
    """Return which of these sites may not be treated today, each with the sentence that says why.

    ``sites`` may lie beyond those the session is ``about``: what would be blocked if it were
    treated. Only a "yes" blocks here, not a question that is still open.
    """
    by_key = by_item((*_asked_by(on, history), *_asked_today(answers, tuple(about), on)))
    return tuple(
        block
        for item in questions.current(on)
        for yes in active_yes(item, by_key[item.key], sites, loaded)
        for block in ruling(item, yes, on).blocked
    )


def _lowest(caps: Iterable[PressureCap], about: Iterable[Site]) -> Pressure | None:
    """Return the lowest pressure these caps allow at any of the sites."""
    found = (lowest_cap(caps, site) for site in about)
    allowed = [cap.pressure for cap in found if cap is not None]
    return min(allowed, key=lambda pressure: pressure.rank, default=None)


def _asked_by(on: date, history: Iterable[PriorAnswer]) -> list[PriorAnswer]:
    return counted_once(asked for asked in history if asked.asked_on <= on)


def _asked_today(
    answers: Iterable[AnswerDraft], about: tuple[Site, ...], on: date
) -> list[PriorAnswer]:
    return counted_once(
        PriorAnswer(
            item=given.item,
            answer=given.answer,
            asked_on=on,
            sites=given.sites,
            reason=given.reason,
            mitigation=given.mitigation,
            asked_about=about,
            detail=given.detail,
        )
        for given in answers
        if given.answer is not Answer.NOT_ASKED
    )


def _verdict(given: Iterable[Ruling], *, is_finished: bool) -> Verdict:
    levels = {finding.level for each in given for finding in each.findings}
    if Level.STOP in levels:
        return Verdict.STOP
    if not is_finished:
        return Verdict.INCOMPLETE
    if Level.BLOCK in levels:
        return Verdict.REGIONS_BLOCKED
    return Verdict.REASONS_NEEDED if Level.REFUSE in levels else Verdict.CLEAR
