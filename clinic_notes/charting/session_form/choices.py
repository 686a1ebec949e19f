"""What the selects of a session form offer: the clinic's people, instruments, lubricants."""

from clinic_notes.charting.context import VisitFacts
from clinic_notes.charting.session_form.forms import VisitForm
from clinic_notes.charting.visit.queries import clinicians


def offer_choices(facts: VisitFacts, *forms: VisitForm) -> None:
    """Offer each form the clinic's people and supplies, and the place of the complaint."""
    people = clinicians(facts.draft.measured_by_id)
    for form in forms:
        form.set_choices(
            people=people,
            instruments=facts.supplies.instrument_names.items(),
            lubricants=facts.supplies.lubricant_names.items(),
            site=(facts.episode.region, facts.episode.side),
        )
