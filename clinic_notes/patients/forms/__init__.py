"""The forms of patients and episodes."""

from clinic_notes.patients.forms.episode import EpisodeForm
from clinic_notes.patients.forms.patient import PatientForm, SearchForm

__all__ = ["EpisodeForm", "PatientForm", "SearchForm"]
