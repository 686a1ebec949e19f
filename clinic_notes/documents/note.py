"""A session note as a document: what the page of the note shows, in the same words."""

from collections.abc import Iterator

from clinic_notes.accounts.models import Clinic
from clinic_notes.charting.body_map.marks import Body
from clinic_notes.charting.models import Addendum, Visit
from clinic_notes.charting.note.content import Note, Screened, Treated
from clinic_notes.charting.note.page import NotePage
from clinic_notes.charting.note.readings import Pair
from clinic_notes.clinical.wording import capitalized, day, span_text
from clinic_notes.core.display import local
from clinic_notes.documents.body_map import drawing
from clinic_notes.documents.letterhead import footer_of, lines_below_name
from clinic_notes.documents.parts import (
    Block,
    Document,
    Group,
    Items,
    Section,
    Signed,
    Table,
    Terms,
    Text,
)
from clinic_notes.reference.terms import Decision

BROKEN = (
    "The sealed text of this note does not match its fingerprint. Ask the clinic before you rely "
    "on it."
)

AWAITS = "Awaiting co-signature: a therapist has not signed this note yet."


def note_document(page: NotePage, clinic: Clinic) -> Document:
    """Return the document of a note; `page.visit` is loaded with WHO."""
    visit = page.visit
    return Document(
        title="Session note",
        clinic=clinic.name,
        letterhead=lines_below_name(clinic),
        patient=(
            ("Patient", _with_now(page, "name", page.identity.name)),
            ("Date of birth", _with_now(page, "born_on", day(page.identity.born_on))),
            ("MRN", _with_now(page, "mrn", page.identity.mrn)),
            ("Date of service", day(visit.served_on)),
            ("Time", _time(visit)),
            ("Complaint", _with_now(page, "complaint", page.identity.complaint)),
        ),
        footer=footer_of(page.identity, f"session of {day(visit.served_on)}"),
        sections=tuple(section for section in _sections(page) if section.blocks),
        signatures=tuple(_signatures(page)),
        unsigned=""
        if visit.is_signed
        else f"Not signed. Begun by {page.author}, last saved {local(visit.changed_at)}.",
        notices=tuple(_notices(page)),
        later=tuple(_addendum(page, added, effect) for added, effect in page.addenda),
    )


def _with_now(page: NotePage, what: str, sealed: str) -> str:
    """Return a value as it was signed, and beside it what it is now."""
    return f"{sealed} (now: {page.now[what]})" if page.now[what] else sealed


def _time(visit: Visit) -> str:
    return span_text(visit.start_time, visit.end_time) or "not recorded"


def _notices(page: NotePage) -> Iterator[str]:
    if not page.is_whole:
        yield BROKEN
    if page.void_words:
        yield f"{capitalized(page.void_words)}. It counts for nothing."
    if page.awaits_cosignature:
        yield AWAITS
    if page.addenda:
        days = ", ".join(dict.fromkeys(local(added.written_at) for added, _ in page.addenda))
        yield f"Added to after it was signed ({days}): read the last page with it."
    if page.corrections.made:
        words = "; ".join(one.words for one in page.corrections.made)
        yield f"Corrected by an addendum: {words}. The note is as it was signed."
    if page.days_late > 0:
        visit = page.visit
        yield (
            f"Late entry: the session was on {day(visit.served_on)}, the note was begun "
            f"{local(visit.created_at)}."
        )


def _sections(page: NotePage) -> Iterator[Section]:
    note, visit = page.note, page.visit
    yield Section("Summary", (Text(note.summary),))
    yield Section("Plan of care", tuple(_plan_of_care(note)))
    if visit.decision == Decision.NOT_TREATED:
        yield Section("Screened, not treated", tuple(_not_treated(visit)))
    yield Section("Safety", tuple(_safety(note)))
    measured_by = f"measured by {note.measured_by}" if note.measured_by else ""
    yield Section("Before and after", tuple(_readings(note)), measured_by)
    yield Section("Treatment and response", tuple(_treatment(note, page.body)), note.position)
    yield Section("Note", tuple(_texts(note)))


def _plan_of_care(note: Note) -> Iterator[Block]:
    if note.diagnosis:
        yield Text(f"Diagnosis: {note.diagnosis}")
    if note.goals:
        yield Items(note.goals)


def _not_treated(visit: Visit) -> Iterator[Block]:
    yield Text(visit.not_treated_reason, "strong")
    if visit.referral:
        yield Text(f"Referral: {visit.referral}")
    is_informed = visit.patient_informed
    yield Text(
        "The patient was informed and agreed."
        if is_informed
        else "Not recorded whether the patient was informed."
    )


def _safety(note: Note) -> Iterator[Block]:
    for item in note.yes:
        yield Terms(tuple(_answer(item)), f"{item.label}: {item.answer}")
    for group in note.no:
        yield Text(f"{group.words}: {'; '.join(group.labels)}.")
    if lines := tuple(filter(None, (*note.carried, note.earlier_effects, *note.consent))):
        yield Items(tuple(f"{line}." for line in lines))
    if not note.yes and not note.no:
        yield Text("Nothing asked yet.", "hint")
    if note.evaluated_by:
        yield Text(f"{note.evaluated_by}.", "hint")


def _answer(item: Screened) -> Iterator[tuple[str, str]]:
    if item.detail:
        yield "Detail", item.detail
    if item.decision:
        yield "Decision", item.decision
    if item.question:
        yield "Question", item.question
    if item.asked:
        yield "How", item.asked


def _readings(note: Note) -> Iterator[Block]:
    if note.pairs:
        groups = (Group(title, tuple(map(_reading, rows))) for title, rows in note.pairs)
        yield Table(("Measured", "How", "Before", "After", "Change"), tuple(groups))


def _reading(row: Pair) -> tuple[str, ...]:
    change = "; ".join(filter(None, (row.change, *row.corrected)))
    return row.label, row.how, row.before, row.after, change


def _treatment(note: Note, body: Body) -> Iterator[Block]:
    if body.done:
        yield drawing(body)
    yield from map(_treated, note.treated)
    # Beside the map is room for these; below it a routine note would need a second sheet.
    if note.also:
        yield Terms((), "Other interventions")
        yield Items(note.also)
    if note.skin or note.worse or note.effects:
        yield Terms((("Skin afterwards", note.skin),) if note.skin else (), "Response")
        yield from (Text(f"{line}.", "strong") for line in note.worse)
        yield Items(note.effects)


def _treated(row: Treated) -> Terms:
    origin = (("Repeated", row.origin),) if row.origin else ()
    corrected = tuple(("Corrected", mark) for mark in row.corrected)
    instrument = (("Instrument", row.instrument),)
    return Terms((*corrected, *instrument, *row.facts, *origin), row.where, row.tissues)


def _texts(note: Note) -> Iterator[Block]:
    yield from (Terms((text,)) for text in note.texts)
    if note.minutes:
        yield Text(note.minutes, "hint")


def _signatures(page: NotePage) -> Iterator[Signed]:
    for signature in page.signatures:
        is_for_other = (
            signature is page.signatures[0] and signature.signed_by_id != page.visit.author_id
        )
        written_by = (f"Written by {page.author}",) if is_for_other else ()
        yield Signed(
            signature.printed_name,
            f"{page.meanings[signature.id]}, signed {local(signature.signed_at)}",
            (*written_by, f"Sealed, SHA-256 {signature.digest}"),
        )


def _addendum(page: NotePage, added: Addendum, effect: str) -> Section:
    blocks: list[Block] = []
    if added.about_on:
        blocks.append(Text(f"About {day(added.about_on)}", "hint"))
    if corrects := page.corrections.of_addendum(added.id):
        blocks.append(Text(f"Corrects {corrects}"))
    if added.effect:
        blocks.append(Text(f"Reported later: {effect}"))
    if added.text:
        blocks.append(Text(added.text))
    blocks.append(Text(added.printed_name, "strong"))
    return Section(f"Added {local(added.written_at)}", tuple(blocks))
