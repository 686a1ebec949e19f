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

    @classmethod
    def of(cls, episode: Any) -> "EpisodeForm":
        """Return the form as sent; where nothing was sent, as the record stands."""
        form = cls()
        if episode is not None and not form.is_submitted():
            return cls.on_record(episode)
        if not form.is_submitted():
            form.opened_on.data = today()
        form._set_choices(recorded=(episode.region,) if episode is not None else ())
        return form

    @classmethod
    def on_record(cls, episode: Any) -> "EpisodeForm":
        """Return the form as the record stands, whatever was sent."""
        values = {**vars(episode_draft(episode)), "version": episode.version}
        form = cls(formdata=None, data=values)
        form._set_choices(recorded=(episode.region,))
        return form

    def _set_choices(self, recorded: tuple[str, ...]) -> None:
        self.region.choices = [("", "Choose…"), *regions.choices(today(), recorded)]

    def draft(self) -> EpisodeDraft:
        """Return what was typed."""
        return build_draft(self, EpisodeDraft)
