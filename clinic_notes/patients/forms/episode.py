"""The form of an episode of care."""

from typing import Any

from wtforms import BooleanField

from clinic_notes.clinical.diagnosis import SYSTEMS, diagnoses
from clinic_notes.clinical.wording import SIDES
from clinic_notes.core.display import today
from clinic_notes.core.forms.dates import date_field
from clinic_notes.core.forms.fields import ChoiceField, Line, LongText, Number, Required
from clinic_notes.core.forms.record_form import EditForm
from clinic_notes.core.forms.rows import build_draft
from clinic_notes.patients.actions import episode_draft
from clinic_notes.patients.drafts import EpisodeDraft
from clinic_notes.reference.regions import regions
from clinic_notes.reference.terms import CodeSystem, Side


class EpisodeForm(EditForm):
    """A run of visits for one complaint."""

    complaint = Line("Complaint", required=True)
    region = ChoiceField("Region", validators=[Required("Region")])
    side = ChoiceField(
        "Side",
        [(side.value, words.capitalize()) for side, words in SIDES.items()],
        blank=None,
        value_type=Side,
        validators=[Required("Side")],
    )
    place_reason = LongText("Why the place is corrected")
    onset = Line("Onset")
    mechanism = Line("Mechanism")
    onset_on = date_field("Onset date")
    code_system = ChoiceField(
        "Codes are",
        [(system.value, words) for system, words in SYSTEMS.items()],
        blank=None,
        value_type=CodeSystem,
    )
    diagnoses = LongText("Diagnosis")
    referral = Line("Referred by")
    referred_on = date_field("Referral date")
    planned_visits = Number("Planned sessions", whole=True)
    visits_per_week = Number("Sessions a week", whole=True)
    planned_weeks = Number("Planned weeks", whole=True)
    goals = LongText("What the patient wants")
    needs_certification = BooleanField("The payer asks for a certified plan of care")
    certified_from = date_field("Certified from")
    certified_until = date_field("Certified until")
    certified_by = Line("Certified by")
    opened_on = date_field("Opened", required=True)

    @staticmethod
    def values_of(episode: Any) -> dict[str, Any]:
        """Return the fields' values as the episode stands."""
        return {**vars(episode_draft(episode)), "version": episode.version}

    def set_choices(self, episode: Any) -> None:
        """Offer the regions of today, and the one on record; a new episode begins today."""
        recorded = (episode.region,) if episode is not None else ()
        self.region.choices = [("", "Choose…"), *regions.choices(today(), recorded)]
        if episode is None and not self.is_submitted():
            self.opened_on.data = today()

    def draft(self) -> EpisodeDraft:
        """Return what was typed; each code as it is written, with its point."""
        lines = (f"{one.code} {one.words}".strip() for one in diagnoses(self.diagnoses.value))
        return build_draft(self, EpisodeDraft, diagnoses="\n".join(lines))

    @property
    def is_diagnosis_open(self) -> bool:
        """Say whether the part about the diagnosis is unfolded: with text in it, or an error."""
        return _is_filled(self.diagnoses, self.mechanism, self.onset, self.onset_on)

    @property
    def is_certification_open(self) -> bool:
        """Say whether the part about referral and certification is unfolded."""
        return _is_filled(
            self.referral,
            self.referred_on,
            self.needs_certification,
            self.certified_from,
            self.certified_until,
            self.certified_by,
        )


def _is_filled(*fields: Any) -> bool:
    return any(
        field.data or field.errors or field.raw_data not in (None, [], [""]) for field in fields
    )
