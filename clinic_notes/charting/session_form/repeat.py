"""Repeating a past treatment: its rows are copied, readings and texts never."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from flask_login import current_user

from clinic_notes.charting.context import VisitContext, VisitFacts
from clinic_notes.charting.session_form.forms import VisitForm
from clinic_notes.charting.treatment.past_sessions import past_treatments
from clinic_notes.clinical.drafts import UseDraft
from clinic_notes.clinical.findings import Finding
from clinic_notes.clinical.repeat.treatment import PastTreatment, check_clone, repeated
from clinic_notes.clinical.repeat.wording import repeat_in_words
from clinic_notes.clinical.screening import clearance
from clinic_notes.core.lookup import bounded_integer

LATEST = "last"
"""How an address names the latest signed session of the episode."""

Past = tuple[PastTreatment, ...]
"""Past sessions: of this episode first, then by their day."""


def fetch_past(facts: VisitFacts, asked: str = "") -> Past:
    """Return the past sessions that may be repeated, with the one asked for if it is one."""
    also = (facts.draft.repeated_from_id, bounded_integer(asked))
    return past_treatments(facts.patient.id, facts.episode.id, facts.draft.served_on, also=also)


def sources_by_row(facts: VisitFacts, past: Past) -> dict[int, PastTreatment]:
    """Return the past session of each treatment row that may have been copied, by the row's id."""
    known = (*facts.sources, *past)
    return {use.id: session for session in known for use in session.uses if use.id}


@dataclass(frozen=True)
class RepeatChoices:
    """The past sessions a session may repeat, and what it repeats already."""

    context: VisitContext
    past: Past

    @property
    def latest(self) -> PastTreatment | None:
        """The latest session of the episode that may be repeated, by the day it took place."""
        on, episode_id = self.context.draft.served_on, self.context.episode.id
        return next(
            (s for s in self.past if s.episode_id == episode_id and s.served_on <= on), None
        )

    @cached_property
    def copied_rows(self) -> Mapping[int, PastTreatment]:
        """The session that each row of a past one belongs to."""
        return sources_by_row(self.context, self.past)

    @property
    def repeated(self) -> PastTreatment | None:
        """The past session this one was repeated from."""
        return _of_visit(self._known, self.context.draft.repeated_from_id)

    @property
    def line(self) -> str:
        """What the note will say of a treatment that was repeated."""
        return repeat_in_words(self.context.draft, self._known, self.context.names)

    @property
    def cautions(self) -> tuple[Finding, ...]:
        """What the author should know who has written the same for several notes."""
        visit, draft = self.context.visit, self.context.draft
        author_id = visit.author_id if visit is not None else current_user.id
        own = (author_id, self.context.episode.id)
        earlier = [s for s in self.past if (s.author_id, s.episode_id) == own]
        return check_clone(draft.uses, earlier)

    def asked_for(self, asked: str) -> PastTreatment | None:
        """Return the past session an address or a button names, if it may be repeated."""
        return self.latest if asked == LATEST else _of_visit(self.past, bounded_integer(asked))

    @property
    def _known(self) -> Past:
        return (*self.context.sources, *self.past)


def apply_to_form(form: VisitForm, context: VisitContext, past: PastTreatment) -> VisitContext:
    """Put a past treatment below the rows that are typed; return the context with it.

    A row that was copied before is not copied again. What cannot be used today is left out of
    its row, and the row says so; what the rules refuse is said beside its field.
    """
    already = {row.form.copied_from_id.data for row in form.uses}
    room = form.uses.most - len(form.uses.filled())
    sources = [use for use in past.uses if use.id not in already][:room]
    copies = [_without_retired(repeated(use), context) for use in sources]
    form.add_uses(copies)
    form.repeated_from_id.data, form.repeated_from_id.raw_data = past.visit_id, None
    form.position.data = form.position.data or past.position
    typed = context.draft
    with_copies = replace(
        typed,
        uses=(*typed.uses, *copies),
        position=form.position.data or "",
        repeated_from_id=past.visit_id,
    )
    context = context.with_draft(with_copies)
    rows = form.uses.entries[len(form.uses) - len(copies) :]
    for nth, (row, use, source) in enumerate(zip(rows, copies, sources, strict=True)):
        problems = [
            *_left_out(use, source, past),
            *_refused(context, f"uses-{len(typed.uses) + nth}-", use),
        ]
        for field, message in dict.fromkeys(problems):
            form.add_error(f"{row.name}-{field}", message)
    return context


def enter_minutes(form: VisitForm, past: PastTreatment) -> None:
    """Enter the minutes of a past session where none are typed: the therapist said they are so."""
    minutes_then = {
        form.timed_minutes: past.timed_minutes,
        form.total_minutes: past.total_minutes,
    }
    for field, minutes in minutes_then.items():
        if field.is_untouched:
            field.data, field.raw_data = minutes, None


def _of_visit(past: Iterable[PastTreatment], visit_id: int | None) -> PastTreatment | None:
    return next((session for session in past if session.visit_id == visit_id), None)


def _refused(context: VisitContext, prefix: str, use: UseDraft) -> Iterator[tuple[str, str]]:
    """Yield what the rules refuse of a row; what is only missing needs no message yet.

    A place that was blocked when it was last asked about is said to be, before it is asked again.
    """
    on, history = context.draft.served_on, context.history
    questions = context.questions
    earlier = clearance((), about=[use.site], history=history, due=(), on=on, questions=questions)
    yield from (("region", why) for _, why in earlier.blocked)
    for finding in context.findings.refusals:
        field = finding.about.removeprefix(prefix)
        if field != finding.about and getattr(use, field, None):
            yield field, finding.message


def _without_retired(use: UseDraft, context: VisitContext) -> UseDraft:
    """Return the row without an instrument or lubricant that has gone out of use since."""
    instrument = context.supplies.instruments.get(use.instrument_id)
    lubricant = context.supplies.lubricants.get(use.lubricant_id or 0)
    return replace(
        use,
        instrument_id=instrument.id if instrument and instrument.retired_at is None else 0,
        lubricant_id=lubricant.id if lubricant and lubricant.retired_at is None else None,
    )


def _left_out(use: UseDraft, source: UseDraft, past: PastTreatment) -> Iterator[tuple[str, str]]:
    names = {"instrument_id": past.instruments, "lubricant_id": past.lubricants}
    for field, known in names.items():
        was = getattr(source, field)
        if was and not getattr(use, field):
            yield field, f"{known[was]} has gone out of use since. Choose another."
