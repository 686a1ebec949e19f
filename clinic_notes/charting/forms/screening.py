"""The safety check: one answer for each checklist item, three-valued, with what follows a yes."""

from typing import Any

from wtforms import Form, FormField, SelectMultipleField
from wtforms.validators import StopValidation

from clinic_notes.charting.forms import choices
from clinic_notes.clinical.drafts import AnswerDraft, Site
from clinic_notes.core.forms import Pick, Prose, RowForm
from clinic_notes.reference.contraindications import checklist
from clinic_notes.reference.terms import Answer, Mitigation, Side

ANSWERS = [(Answer.YES.value, "Yes"), (Answer.NO.value, "No")]


class Places(SelectMultipleField):
    """Places on the body, each a region with a side."""

    def process_formdata(self, valuelist: Any) -> None:
        """Leave out the lists where nothing was chosen."""
        self.data = [value for value in valuelist if value]

    def pre_validate(self, form: Any) -> None:
        """Refuse a place that is not on the map."""
        known = {key for key, _ in self.choices}
        if any(value not in known for value in self.data or ()):
            raise StopValidation("This place is not on the map.")

    def sites(self) -> tuple[Site, ...]:
        """Return the places chosen, each once."""
        pairs = (value.split(":") for value in dict.fromkeys(self.data or ()))
        return tuple(Site(region, Side(side)) for region, side in pairs)


class AnswerForm(RowForm):
    """One item: yes, no, or not asked; where, what exactly, why we go on and how."""

    id = None
    answer = Pick("Answer", ANSWERS, blank="Not asked")
    places = Places("Where", choices=choices.places)
    detail = Prose("What exactly")
    reason = Prose("Why you go on")
    mitigation = Pick("What you do about it", choices.terms(Mitigation, blank=False))

    def draft(self, item: str) -> AnswerDraft:
        """Return the answer as the rules read it."""
        return AnswerDraft(
            item=item,
            answer=Answer(self.answer.data or Answer.NOT_ASKED),
            sites=self.places.sites(),
            detail=self.detail.data or "",
            reason=self.reason.data or "",
            mitigation=Mitigation(self.mitigation.data) if self.mitigation.data else None,
        )


class ChecklistForm(Form):
    """All items of the checklist, by key. The fields are made from the catalogue below."""

    def drafts(self) -> tuple[AnswerDraft, ...]:
        """Return what was asked, and what was written beside an item even before it was."""
        answers = (field.form.draft(field.short_name) for field in self)
        blank = AnswerDraft(item="")
        return tuple(a for a in answers if a != AnswerDraft(item=a.item) and a != blank)

    def answer_the_rest_no(self, items: tuple[str, ...]) -> None:
        """Answer "no" to these items where nothing was answered yet: the person said so."""
        for item in items:
            if item in self and not self[item].form.answer.data:
                self[item].form.answer.data = Answer.NO.value
                self[item].form.answer.raw_data = [Answer.NO.value]


for _item in checklist:
    setattr(ChecklistForm, _item.key, FormField(AnswerForm, _item.question))


def answers_shown(drafts: tuple[AnswerDraft, ...]) -> dict[str, dict[str, object]]:
    """Return stored answers as the form's starting values."""
    return {
        draft.item: {
            "answer": draft.answer.value if draft.answer is not Answer.NOT_ASKED else "",
            "places": [f"{site.region}:{site.side.value}" for site in draft.sites],
            "detail": draft.detail,
            "reason": draft.reason,
            "mitigation": draft.mitigation.value if draft.mitigation else "",
        }
        for draft in drafts
    }
