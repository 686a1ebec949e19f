"""Repeating a treatment in the form: the recipe laid out, nothing found or said that day."""

from collections.abc import Iterator
from dataclasses import replace

from clinic_notes.charting.context import VisitContext
from clinic_notes.charting.session_form.forms import VisitForm
from clinic_notes.clinical.drafts import UseDraft
from clinic_notes.clinical.repeat.treatment import PastTreatment, repeated
from clinic_notes.clinical.screening import clearance
from clinic_notes.core.forms import bounded_integer

LATEST = "last"
"""How an address names the latest signed session of the episode."""


def asked_for(context: VisitContext, asked: str) -> PastTreatment | None:
    """Return the past session an address or a button names, if it is one of this patient's."""
    if asked == LATEST:
        return context.latest
    number = bounded_integer(asked) or 0
    with_it = context.reading(replace(context.draft, repeated_from_id=number))
    return next(
        (past_treatment for past_treatment in with_it.past if past_treatment.visit_id == number),
        None,
    )


def apply_to_form(
    form: VisitForm, context: VisitContext, past_treatment: PastTreatment
) -> VisitContext:
    """Put a recipe below the rows that are typed; return the desk with it lying there.

    A row that was copied before comes no second time. What cannot be used today is left out of
    its row, and the row says so; what the rules refuse stands beside its field.
    """
    there = {row.form.copied_from_id.data for row in form.uses}
    room = form.uses.most - len(form.filled("uses"))
    sources = [use for use in past_treatment.uses if use.id not in there][:room]
    laid = [_off_the_shelf(repeated(use), context) for use in sources]
    form.lay_out_uses(laid)
    form.repeated_from_id.data, form.repeated_from_id.raw_data = past_treatment.visit_id, None
    form.position.data = form.position.data or past_treatment.position
    held = context.draft
    lying = replace(
        held,
        uses=(*held.uses, *laid),
        position=form.position.data or "",
        repeated_from_id=past_treatment.visit_id,
    )
    with_it = context.reading(lying)
    rows = form.uses.entries[len(form.uses) - len(laid) :]
    for nth, (row, use, source) in enumerate(zip(rows, laid, sources, strict=True)):
        said = [
            *_gone(use, source, past_treatment),
            *_refused(with_it, f"uses-{len(held.uses) + nth}-", use),
        ]
        for field, message in dict.fromkeys(said):
            form.add_error(f"{row.name}-{field}", message)
    return with_it


def enter_minutes(form: VisitForm, past_treatment: PastTreatment) -> None:
    """Enter the minutes of a past session where none are typed: the therapist said they are so."""
    then = {
        form.timed_minutes: past_treatment.timed_minutes,
        form.total_minutes: past_treatment.total_minutes,
    }
    for field, minutes in then.items():
        if field.is_untouched:
            field.data, field.raw_data = minutes, None


def _refused(context: VisitContext, prefix: str, use: UseDraft) -> Iterator[tuple[str, str]]:
    """Yield what the rules refuse of a row; what is only missing needs no words yet.

    A place that was blocked when it was last asked about is said to be, before it is asked again.
    """
    on, history = context.draft.served_on, context.history
    earlier = clearance((), about=[use.site], history=history, due=(), on=on)
    yield from (("region", why) for _, why in earlier.blocked)
    for finding in context.findings.refusals:
        field = finding.about.removeprefix(prefix)
        if field != finding.about and getattr(use, field, None):
            yield field, finding.message


def _off_the_shelf(use: UseDraft, context: VisitContext) -> UseDraft:
    """Return the row without a tool or product that has gone out of use since."""
    tool = context.supplies.instruments.get(use.instrument_id)
    product = context.supplies.lubricants.get(use.lubricant_id or 0)
    return replace(
        use,
        instrument_id=tool.id if tool is not None and tool.retired_at is None else 0,
        lubricant_id=product.id if product is not None and product.retired_at is None else None,
    )


def _gone(
    use: UseDraft, source: UseDraft, past_treatment: PastTreatment
) -> Iterator[tuple[str, str]]:
    names = {"instrument_id": past_treatment.instruments, "lubricant_id": past_treatment.lubricants}
    for field, known in names.items():
        was = getattr(source, field)
        if was and not getattr(use, field):
            yield field, f"{known[was]} has gone out of use since. Choose another."
