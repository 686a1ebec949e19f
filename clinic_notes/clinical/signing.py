"""What a note needs to be saved, and to be signed (clinical.md 4.1, 12)."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, time
from decimal import Decimal
from typing import NamedTuple

from clinic_notes.clinical.billing import unreconciled
from clinic_notes.clinical.change.worsening import assessment_needed, pain_in_session
from clinic_notes.clinical.dosage import DISCOMFORT
from clinic_notes.clinical.drafts import Measured, Site, UseDraft, VisitDraft
from clinic_notes.clinical.findings import Finding, Level, refusals
from clinic_notes.clinical.screening import (
    LEAST_REASON,
    Clearance,
    Verdict,
    overlaps,
    unexplained_contradictions,
)
from clinic_notes.clinical.wording import capitalized, day
from clinic_notes.reference.contraindications import checklist
from clinic_notes.reference.terms import Answer, Decision

BROKEN_SKIN = "broken_skin"


def missing(
    draft: VisitDraft,
    clearance: Clearance,
    *,
    is_first: bool = True,
    on_record: Collection[str] = (),
    pain_before: Sequence[Decimal] = (),
) -> tuple[Finding, ...]:
    """Return what is missing for a signature, in the order of the form.

    A treated visit needs a finished safety check that allows treatment, pain now before and
    after, a complete treatment row, the skin's response and minutes. The first treated session of
    its episode (``is_first``) needs assessment and plan too; a daily note may leave these out
    (Medicare Benefit Policy Manual ch. 15, 220.3 E). A visit that was screened and not treated
    needs an answer to the safety check, the reason, who the patient was referred to, that the
    patient was informed, and no treatment row. ``on_record`` are the items on the patient's
    record: a "no" to one of them needs a reason. What got worse, compared with ``pain_before`` as
    `worsening` takes it, needs an assessment in either case.
    """
    worse = assessment_needed(draft, pain_before)
    if draft.decision is Decision.NOT_TREATED:
        return (*_missing_of_not_treated(draft), *worse)
    return (
        *_safety(draft, clearance),
        *unexplained_contradictions(draft.answers, on_record),
        *_pain_now(draft, "before"),
        *_uses(draft, clearance),
        *_pain_now(draft, "after"),
        *_ungraded_effect(draft),
        *worse,
        *_closing(draft, is_first=is_first),
    )


def forbidden(draft: VisitDraft, clearance: Clearance) -> tuple[Finding, ...]:
    """Return what may not be done today; a draft of it is saved, and never signed.

    A stop allows only "screened, not treated", complete as for a signature; a blocked site takes
    no treatment row. A question that is still open forbids nothing.
    """
    answered = [f for f in clearance.findings if f.item not in clearance.not_asked]
    stops = [f for f in answered if f.level is Level.STOP]
    if stops and draft.decision is Decision.NOT_TREATED:
        return tuple(_missing_of_not_treated(draft))
    if stops:
        only = "Record this session as screened, not treated."
        return tuple(_refuse(f"{stop.message} {only}", "decision") for stop in stops)
    return tuple(_blocked_uses(draft, clearance))


def stop_in_words(clearance: Clearance) -> str:
    """Return why nobody may be treated today, as a reason for not treating; "" where one may."""
    stops = (
        finding.message.partition(": ")[2] or finding.message
        for finding in clearance.findings
        if finding.level is Level.STOP and finding.item not in clearance.not_asked
    )
    return " ".join(capitalized(why) for why in dict.fromkeys(stops))


class EpisodeSpan(NamedTuple):
    """The days on which an episode opened and closed."""

    opened_on: date | None = None
    closed_on: date | None = None


ANY_DAY = EpisodeSpan()


def check_times(
    draft: VisitDraft,
    today: date,
    *,
    now: time | None = None,
    born_on: date | None = None,
    span: EpisodeSpan = ANY_DAY,
) -> tuple[Finding, ...]:
    """Return what cannot be right in the visit's date and times.

    ``today`` and ``now`` are in the clinic's time zone; ``born_on`` is the patient's date of birth.
    """
    findings: list[Finding] = [*_outside_episode(draft.served_on, span)]
    if draft.served_on > today:
        findings.append(_refuse("The session cannot be in the future.", "served_on"))
    if born_on is not None and draft.served_on < born_on:
        findings.append(
            _refuse(f"The patient was only born on {day(born_on)}: check the date.", "served_on")
        )
    findings += _later_than_now(draft, today, now)
    if (
        draft.start_time is not None
        and draft.end_time is not None
        and draft.end_time < draft.start_time
    ):
        findings.append(
            _refuse(
                "The session cannot end before it starts: one past midnight ends at 23:59, and the "
                "rest is said in the note.",
                "end_time",
            )
        )
    return tuple(findings)


def _later_than_now(draft: VisitDraft, today: date, now: time | None) -> Iterator[Finding]:
    if now is None or draft.served_on != today:
        return
    for about, at, word in (
        ("start_time", draft.start_time, "start"),
        ("end_time", draft.end_time, "end"),
    ):
        if at is not None and at > now:
            message = f"It is {now:%H:%M} at the clinic: the session cannot {word} later than now."
            yield _refuse(message, about)


def _outside_episode(served_on: date, episode: EpisodeSpan) -> Iterator[Finding]:
    """Yield that a session is not in its episode: before it by mistake, or after it was closed."""
    if episode.closed_on is not None and served_on > episode.closed_on:
        message = f"The episode closed on {day(episode.closed_on)}: reopen it, or check the date."
        yield _refuse(message, "served_on")
    elif episode.opened_on is not None and served_on < episode.opened_on:
        message = f"The episode opened on {day(episode.opened_on)}: check the date."
        yield Finding(Level.CAUTION, message, "served_on")


def may_edit(is_signed: bool, is_void: bool = False) -> bool:
    """Say whether the visit may still be changed: not once it is signed or discarded."""
    return not is_signed and not is_void


def may_sign(is_signed: bool, findings: Iterable[Finding]) -> bool:
    """Say whether the visit may be signed: it is not signed yet, and no finding prevents it."""
    return not is_signed and not refusals(findings)


def late_by(served_on: date, entered_on: date) -> int:
    """Return the days between the session and its entry, 0 where it was entered the same day."""
    return max(0, (entered_on - served_on).days)


def _missing_of_not_treated(draft: VisitDraft) -> Iterator[Finding]:
    if not any(given.answer in (Answer.YES, Answer.NO) for given in draft.answers):
        yield _refuse(
            "Nobody was screened yet: answer at least what kept you from treating.",
            f"answers-{next(iter(checklist)).key}-answer",
        )
    if len(draft.not_treated_reason.strip()) < LEAST_REASON:
        yield _refuse(
            f"Write why the patient was not treated, in at least {LEAST_REASON} characters.",
            "not_treated_reason",
        )
    if not draft.referral.strip():
        yield _refuse("Write who the patient was referred to.", "referral")
    if not draft.patient_informed:
        yield _refuse("Record that the patient was informed.", "patient_informed")
    if draft.uses:
        yield _refuse(
            "The session is recorded as not treated: take out the instrument uses.",
            "uses-0-instrument_id",
        )


def _safety(draft: VisitDraft, clearance: Clearance) -> Iterator[Finding]:
    if clearance.verdict is Verdict.STOP:
        yield _refuse(
            "The safety check says stop: this can only be signed as screened, not treated.",
            "decision",
        )
    if clearance.not_asked:
        count = len(clearance.not_asked)
        yield _refuse(
            "Safety check incomplete: "
            f"{count} question{' is' if count == 1 else 's are'} not asked.",
            f"answers-{clearance.not_asked[0]}-answer",
        )
    yield from (
        finding
        for finding in clearance.findings
        if finding.level is Level.REFUSE and finding.item not in clearance.not_asked
    )


def _pain_now(draft: VisitDraft, end: str) -> Iterator[Finding]:
    rows = [n for n, pain in enumerate(draft.pains) if pain.context == "now"]
    ends: list[Measured] = [getattr(draft.pains[number], end) for number in rows]
    if all(reading.is_blank for reading in ends):
        yield _refuse(
            f"Enter pain now, {end} treatment, or say why it was not taken.",
            f"pains-{rows[0] if rows else 0}-{end}",
        )


def _ungraded_effect(draft: VisitDraft) -> Iterator[Finding]:
    """Ask for a graded effect where the session did harm (clinical.md 5; proposed)."""
    happened = next(_harm(draft), None)
    if happened and not any(effect.effect and effect.grade for effect in draft.effects):
        yield _refuse(f"{happened}: record the effect, with a grade of 1 or more.", "effects")


def _harm(draft: VisitDraft) -> Iterator[str]:
    yield from pain_in_session(draft)
    if draft.skin_response == BROKEN_SKIN:
        yield "The skin broke"
    hardest = max((use.discomfort or 0 for use in draft.uses), default=0)
    if DISCOMFORT.unusual_above is not None and hardest > DISCOMFORT.unusual_above:
        yield f"Discomfort was {hardest} of 10"


def _blocked_uses(draft: VisitDraft, clearance: Clearance) -> Iterator[Finding]:
    for number, use in enumerate(draft.uses):
        yield from (
            _refuse(why, f"uses-{number}-region")
            for site, why in _blocked_by_a_yes(clearance)
            if overlaps(site, use.site)
        )


def _uses(draft: VisitDraft, clearance: Clearance) -> Iterator[Finding]:
    yield from _blocked_uses(draft, clearance)
    if not draft.uses:
        yield _refuse("Enter at least one instrument use.", "uses-0-instrument_id")
    for number, use in enumerate(draft.uses):
        yield from _use(use, f"uses-{number}")


def _blocked_by_a_yes(clearance: Clearance) -> tuple[tuple[Site, str], ...]:
    """Return the blocked sites, without those blocked only because a question is open."""
    answered = {f.message for f in clearance.findings if f.item not in clearance.not_asked}
    return tuple(block for block in clearance.blocked if block[1] in answered)


def _use(use: UseDraft, prefix: str) -> Iterator[Finding]:
    for field, what in (
        ("instrument_id", "the instrument"),
        ("region", "the region"),
        ("stroke", "the stroke"),
        ("pressure", "the pressure"),
        ("minutes", "the minutes"),
    ):
        if not getattr(use, field):
            yield _refuse(f"Enter {what}.", f"{prefix}-{field}")


def _closing(draft: VisitDraft, *, is_first: bool) -> Iterator[Finding]:
    once = (("assessment", "the assessment"), ("plan", "the plan")) if is_first else ()
    for field, what in (("skin_response", "how the skin responded"), *once):
        if not getattr(draft, field).strip():
            yield _refuse(f"Enter {what}.", field)
    for field, what in (("timed_minutes", "timed"), ("total_minutes", "total")):
        if getattr(draft, field) is None:
            yield _refuse(f"Enter the {what} minutes.", field)
    yield from unreconciled(draft)


def _refuse(message: str, about: str) -> Finding:
    return Finding(Level.REFUSE, message, about)
