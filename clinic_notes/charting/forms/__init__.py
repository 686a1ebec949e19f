"""What a therapist may type in a visit."""

from clinic_notes.charting.forms.closing import AddendumForm, SignForm
from clinic_notes.charting.forms.visit import VisitForm, blank_row, shown

__all__ = ["AddendumForm", "SignForm", "VisitForm", "blank_row", "shown"]
