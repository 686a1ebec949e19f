"""The safety check: one answer for each checklist item, three-valued, with what follows a yes."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import Form, SelectMultipleField
from wtforms.utils import unset_value
from wtforms.validators import StopValidation

from clinic_notes.charting import choices
from clinic_notes.charting.screening import one_tap
from clinic_notes.clinical.drafts import AnswerDraft, Site
from clinic_notes.core.forms import ChoiceField, FormGroup, LongText
from clinic_notes.reference.contraindications import checklist
from clinic_notes.reference.terms import Answer, Mitigation, Side

ANSWERS = [(Answer.YES.value, "Yes"), (Answer.NO.value, "No")]


class Places(SelectMultipleField):
    """Places on the body: ticked by key, or typed as they are called, "Calf, left"."""

    @property
    def names(self) -> dict[str, str]:
        """Return the name of every place, by its key."""
        offered: Any = self.choices
        return dict(offered)

    def process_formdata(self, valuelist: Any) -> None:
        """Read keys and names alike; what is neither stays, to be refused and shown."""
        typed = [value.strip() for value in valuelist if value.strip()]
        named = {label.casefold(): key for key, label in self.names.items()} if typed else {}
        self.data = [named.get(value.casefold(), value) for value in typed]

    def pre_validate(self, form: Any) -> None:
        """Refuse a place that is not on the map."""
        for value in self.selected:
            if value not in self.names:
                raise StopValidation(f"“{value[:40]}” is not a place on the map.")

    @property
    def selected(self) -> list[str]:
        """Return the keys of the places chosen."""
        return self.data or []

    def elsewhere(self, near: Iterable[tuple[str, str]]) -> list[str]:
        """Return the names of the places chosen that are not among those near."""
        ticked = dict(near)
        return [self.names.get(value, value) for value in self.selected if value not in ticked]

    def sites(self) -> tuple[Site, ...]:
        """Return the places chosen, each once."""
        pairs = (value.split(":") for value in dict.fromkeys(self.selected))
        return tuple(Site(region, Side(side)) for region, side in pairs)


class AnswerForm(Form):
    """One item: yes, no, or not asked; where, what exactly, why we go on and how."""

    answer = ChoiceField("Answer", ANSWERS, blank="Not asked")
    places = Places("Where", choices=choices.places)
    detail = LongText("What exactly")
    reason = LongText("Why you go on")
    mitigation = ChoiceField("What you do about it", choices.terms(Mitigation, blank=False))

    def answer_with(self, given: AnswerDraft) -> None:
        """Let an answer stand in the form as if it had been typed."""
        for name, value in answers_shown((given,))[given.item].items():
            self[name].data, self[name].raw_data = value, None

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


class Checklist(FormGroup):
    """All items of the checklist, by key.

    A plain "no" is read as it is. Only a line with more to it, and every line of a page
    that is shown, gets a form of its own: fifty of them cost more than all else in a visit.
    """

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Keep what was sent, or what is stored, until a line of it is looked at."""
        self.errors = ()
        self._sent: MultiDict[str, str] = formdata or MultiDict()
        self._lines: dict[str, AnswerForm] = {}
        self._stored = {} if data is unset_value or data is None else data
        self.taps: list[str] = self._sent.getlist(f"{self.name}-at")

    def __getitem__(self, item: str) -> AnswerForm:
        """Return the form of one item."""
        if item not in self._lines:
            self._lines[item] = AnswerForm(
                self._sent or None, prefix=f"{self.name}-{item}-", data=self._stored.get(item)
            )
        return self._lines[item]

    def answer(self, item: str) -> str:
        """Return the answer that was sent or is stored, "" for none; no form is made for it."""
        if item in self._lines:
            return self._lines[item].answer.data or ""
        if self._sent:
            return self._answer(item)
        return str(self._stored.get(item, {}).get("answer", ""))

    def is_usual(self, item: str) -> bool:
        """Say whether a line holds nothing but "no", or nothing at all."""
        if item in self._lines:
            others = (field for field in self._lines[item] if field.short_name != "answer")
            says_more = any(field.data or field.errors for field in others)
        elif self._sent:
            return self._is_plain(item)
        else:
            stored = self._stored.get(item, {})
            says_more = any(stored[name] for name in stored if name != "answer")
        return not says_more and self.answer(item) in ("", Answer.NO)

    def forms(self) -> Iterator[AnswerForm]:
        """Yield the forms that were looked at."""
        return iter(self._lines.values())

    def validate(self, form: Any, extra_validators: Any = ()) -> bool:
        """Check every line that is more than a plain "no" or nothing."""
        lines = [self[item.key] for item in checklist if not self._is_plain(item.key)]
        # Every line is checked, so that every mistake shows at once.
        return [line.validate() for line in lines].count(False) == 0

    def drafts(self) -> tuple[AnswerDraft, ...]:
        """Return what was asked, and what was written beside an item even before it was."""
        self._tapped = one_tap.read(self.taps)
        drafts = (self._draft(item.key) for item in checklist)
        return tuple(draft for draft in drafts if draft is not None)

    def partial_draft(self) -> tuple[AnswerDraft, ...]:
        """Return the answers that can be read, of a form that nobody checked yet."""
        found = []
        self._tapped = one_tap.read(self.taps)
        for item in checklist:
            with suppress(ValueError):
                found.append(self._draft(item.key))
        return tuple(draft for draft in found if draft is not None)

    def revoke_uncovered(self, treated: Sequence[Site]) -> None:
        """Take back what one tap answered of some places, where another is treated as well now."""
        for (item, answer), tap in one_tap.read(self.taps).items():
            if self.answer(item) == answer and not tap.covers(item, treated):
                self[item].answer.data, self[item].answer.raw_data = "", [""]

    def answer_rest_no(
        self, items: Iterable[str], at: datetime, about: Sequence[Site] = ()
    ) -> None:
        """Answer "no" to these items where nothing was answered yet: the person said so.

        ``about`` are the places she was asked about, where it was only about some.
        """
        open_items = [item for item in items if not self.answer(item)]
        for item in open_items:
            answer = self[item].answer
            answer.data, answer.raw_data = Answer.NO.value, [Answer.NO.value]
        self.taps.append(one_tap.written(at, Answer.NO, open_items, about))

    def confirm_yes(self, given: AnswerDraft, at: datetime) -> None:
        """Answer "yes" with all that was said last time: the person said that it is still so."""
        self[given.item].answer_with(given)
        self.taps.append(one_tap.written(at, given.answer, [given.item]))

    def _draft(self, item: str) -> AnswerDraft | None:
        """Return what stands in a line, None where it is blank."""
        if item in self._lines or not self._is_plain(item):
            draft = self[item].draft(item)
            if draft == AnswerDraft(item):
                return None
        elif self._answer(item):
            draft = AnswerDraft(item, Answer.NO)
        else:
            return None
        tap = self._tapped.get((item, draft.answer))
        return draft if tap is None else replace(draft, answered_at=tap.at)

    def _answer(self, item: str) -> str:
        return self._sent.get(f"{self.name}-{item}-answer", "")

    def _is_plain(self, item: str) -> bool:
        """Say whether "no" or nothing was sent for an item, and nothing beside it."""
        if self._answer(item) not in ("", Answer.NO):
            return False
        return not any(
            any(self._sent.getlist(f"{self.name}-{item}-{name}")) for name in _BESIDE_THE_ANSWER
        )


_BESIDE_THE_ANSWER = ("places", "detail", "reason", "mitigation")


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
