"""The form of an episode of care."""

from typing import Any

from clinic_notes.clinical.wording import SIDES
from clinic_notes.core.display import today
from clinic_notes.core.forms.fields import ChoiceField, Line, LongText, Number, Required
from clinic_notes.core.forms.rows import build_draft
from clinic_notes.patients.actions import episode_draft
from clinic_notes.patients.drafts import EpisodeDraft
from clinic_notes.patients.forms.parts import RecordForm, date_field
from clinic_notes.reference.regions import regions
from clinic_notes.reference.terms import Side


class EpisodeForm(RecordForm):
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
    onset = Line("Onset")
    onset_on = date_field("Onset date")
    referral = Line("Referred by")
    referred_on = date_field("Referral date")
    planned_visits = Number("Planned sessions", whole=True)
    visits_per_week = Number("Sessions a week", whole=True)
    goals = LongText("Goals")
    opened_on = date_field("Opened", required=True)
    closed_on = date_field("Closed")

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
        """Return what was typed."""
        return build_draft(self, EpisodeDraft)
