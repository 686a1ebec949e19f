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
    """Places on the body: ticked by key, or typed as they are called, "Calf, left"."""

    def process_formdata(self, valuelist: Any) -> None:
        """Read keys and names alike; what is neither stays, to be refused and shown."""
        named = {label.casefold(): key for key, label in self.choices}
        typed = (value.strip() for value in valuelist)
        self.data = [named.get(value.casefold(), value) for value in typed if value]

    def pre_validate(self, form: Any) -> None:
        """Refuse a place that is not on the map."""
        for value in self.data or ():
            if value not in dict(self.choices):
                raise StopValidation(f"“{value[:40]}” is not a place on the map.")

    @property
    def chosen(self) -> list[str]:
        """Return the keys of the places chosen."""
        return self.data or []

    def elsewhere(self, near: list[tuple[str, str]]) -> list[str]:
        """Return the names of the places chosen that are not among those near."""
        names, ticked = dict(self.choices), dict(near)
        return [names.get(value, value) for value in self.chosen if value not in ticked]

    def sites(self) -> tuple[Site, ...]:
        """Return the places chosen, each once."""
        pairs = (value.split(":") for value in dict.fromkeys(self.chosen))
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
