"""The safety check: an answer for each checklist item, with what a "yes" needs."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import Form, SelectMultipleField
from wtforms.utils import unset_value
from wtforms.validators import StopValidation

from clinic_notes.charting import choices
from clinic_notes.charting.screening import one_tap
from clinic_notes.clinical.drafts import AnswerDraft, Site
from clinic_notes.clinical.how_asked import kept_as_asked
from clinic_notes.clinical.screening import is_answered_for
from clinic_notes.core.forms.fields import ChoiceField, LongText
from clinic_notes.core.forms.rows import CopiedFields, FormGroup
from clinic_notes.reference.contraindications import checklist
from clinic_notes.reference.terms import Answer, HowAsked, Mitigation, Side

ANSWERS = [(Answer.YES.value, "Yes"), (Answer.NO.value, "No")]


class SitesField(SelectMultipleField):
    """Sites on the body: ticked by key, or typed by their label, "Calf, left"."""

    @property
    def labels(self) -> dict[str, str]:
        """The label of every site, by its key."""
        sites: Any = self.choices
        return dict(sites)

    def process_formdata(self, valuelist: Any) -> None:
        """Read keys and labels alike; what is neither stays, to be refused and shown."""
        typed = [value.strip() for value in valuelist if value.strip()]
        keys = {label.casefold(): key for key, label in self.labels.items()} if typed else {}
        self.data = [keys.get(value.casefold(), value) for value in typed]

    def pre_validate(self, form: Any) -> None:
        """Refuse a site that is not on the body map."""
        for value in self.selected:
            if value not in self.labels:
                raise StopValidation(f"“{value[:40]}” is not a place on the map.")

    @property
    def selected(self) -> list[str]:
        """The keys of the sites chosen."""
        return self.data or []

    def elsewhere(self, near: Iterable[tuple[str, str]]) -> list[str]:
        """Return the labels of the sites chosen that are not among those near."""
        near_keys = {key for key, _ in near}
        return [self.labels.get(key, key) for key in self.selected if key not in near_keys]

    def sites(self) -> tuple[Site, ...]:
        """Return the sites chosen, each once."""
        pairs = (key.split(":") for key in dict.fromkeys(self.selected))
        return tuple(Site(region, Side(side)) for region, side in pairs)


class AnswerForm(Form):
    """One item: yes, no, or not asked; where, what exactly, why treat, with what precaution."""

    Meta = CopiedFields
    answer = ChoiceField("Answer", ANSWERS, blank="Not asked", value_type=Answer)
    places = SitesField("Where", choices=choices.sites)
    detail = LongText("What exactly")
    reason = LongText("Why you go on")
    mitigation = ChoiceField(
        "What you do about it", choices.terms(Mitigation, blank=False), value_type=Mitigation
    )

    def is_usual(self) -> bool:
        """Say whether it holds nothing but "no", or nothing at all."""
        says_more = any(field.data or field.errors for field in self if field is not self.answer)
        return not says_more and self.answer.selected in ("", Answer.NO)

    def set_answer(self, answer: str) -> None:
        """Show an answer, "" for none, as if it had been typed."""
        self.answer.data, self.answer.raw_data = answer, [answer]

    def set_draft(self, given: AnswerDraft) -> None:
        """Show an answer with all that was said, as if it had been typed."""
        for name, value in _values(given).items():
            self[name].data, self[name].raw_data = value, None

    def draft(self, item: str) -> AnswerDraft:
        """Return the answer as the rules read it; ValueError where it is none."""
        return AnswerDraft(
            item=item,
            answer=self.answer.value or Answer.NOT_ASKED,
            sites=self.places.sites(),
            detail=self.detail.value,
            reason=self.reason.value,
            mitigation=self.mitigation.value,
        )


class Checklist(FormGroup):
    """All items of the checklist, by key.

    ``stored`` are the answers of the stored visit: what stands there stays as it was asked.

    A plain "no" is read as it is. Only a line with more to it, and every line of a page
    that is shown, gets a form of its own: fifty of them cost more than all else in a visit.
    """

    stored: Mapping[str, AnswerDraft] = MappingProxyType({})

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        """Read the plain answers of what was sent, or of what is stored."""
        self.errors = ()
        self._sent: MultiDict[str, str] = formdata or MultiDict()
        self._stored = {} if data is unset_value or data is None else data
        self._forms: dict[str, AnswerForm] = {}
        plain = ((item.key, self._plain_answer(item.key)) for item in checklist)
        self._plain = {key: answer for key, answer in plain if answer is not None}
        # What was answered otherwise since is no tap's any more, even if it is changed back later.
        sent = self._sent.getlist(f"{self.name}-at")[: one_tap.MAX_LINES]
        self.taps = [one_tap.without(line, self._is_otherwise) for line in sent]

    def _is_otherwise(self, item: str, answer: str) -> bool:
        return self.answer(item) != answer

    def _plain_answer(self, item: str) -> str | None:
        """Return "no", or "" for nothing; None where there is more in an item's fields."""
        if self._sent:
            names = (f"{self.name}-{item}-{field}" for field in _FIELDS)
            answers, *more = (self._sent.getlist(name) for name in names)
            answer = answers[0] if answers else ""
            says_more = any(any(texts) for texts in more)
        else:
            stored = self._stored.get(item, {})
            answer = str(stored.get("answer", ""))
            says_more = any(stored[name] for name in stored if name != "answer")
        return answer if answer in ("", Answer.NO) and not says_more else None

    def __getitem__(self, item: str) -> AnswerForm:
        """Return the form of one item."""
        if item not in self._forms:
            self._forms[item] = AnswerForm(
                self._sent or None, prefix=f"{self.name}-{item}-", data=self._stored.get(item)
            )
        return self._forms[item]

    def _is_plain(self, item: str) -> bool:
        return item in self._plain and item not in self._forms

    def answer(self, item: str) -> str:
        """Return the answer that was sent or is stored, "" for none."""
        return self._plain[item] if self._is_plain(item) else self[item].answer.selected

    def is_usual(self, item: str) -> bool:
        """Say whether a line holds nothing but "no", or nothing at all."""
        return self._is_plain(item) or self[item].is_usual()

    def forms(self) -> Iterator[AnswerForm]:
        """Yield the forms that were looked at."""
        return iter(self._forms.values())

    def validate(self, form: Any, extra_validators: Any = ()) -> bool:
        """Check every line that is more than a plain "no" or nothing."""
        lines = [self[item.key] for item in checklist if item.key not in self._plain]
        # Every line is checked, so that every mistake shows at once.
        return [line.validate() for line in lines].count(False) == 0

    @property
    def value(self) -> tuple[AnswerDraft, ...]:
        """What was asked, and what was written beside an item even before it was."""
        taps = one_tap.read(self.taps)
        drafts = (self._draft(item.key, taps) for item in checklist)
        return tuple(draft for draft in drafts if draft is not None)

    def partial_drafts(self) -> tuple[AnswerDraft, ...]:
        """Return the answers that can be read, of a form that nobody checked yet."""
        found, taps = [], one_tap.read(self.taps)
        for item in checklist:
            with suppress(ValueError):
                found.append(self._draft(item.key, taps))
        return tuple(draft for draft in found if draft is not None)

    def _draft(
        self, item: str, taps: Mapping[tuple[str, Answer], one_tap.Tap]
    ) -> AnswerDraft | None:
        """Return what stands in a line, None where it is blank."""
        if not self._is_plain(item):
            draft = self[item].draft(item)
        else:
            draft = AnswerDraft(item, Answer.NO if self._plain[item] else Answer.NOT_ASKED)
        if draft == AnswerDraft(item):
            return None
        tap = taps.get((item, draft.answer))
        if tap is not None:
            draft = replace(draft, answered_at=tap.at, how_asked=tap.how, unchanged_since=tap.since)
        elif draft.answer is not Answer.NOT_ASKED:
            draft = replace(draft, how_asked=HowAsked.ONE_BY_ONE)
        return kept_as_asked(draft, self.stored.get(item))

    def revoke_uncovered(self, treated: Sequence[Site]) -> None:
        """Take back what one tap answered of some sites, where another is treated as well now."""
        for (item, answer), tap in one_tap.read(self.taps).items():
            if self.answer(item) == answer and not is_answered_for(item, tap.about, treated):
                self[item].set_answer("")

    def answer_no(self, items: Iterable[str], at: datetime, how: str) -> None:
        """Answer "no" to these items where nothing was answered yet: the user said so.

        ``how`` is how it was asked for, as a line of `one_tap` holds it.
        """
        unanswered = [item for item in items if not self.answer(item)]
        for item in unanswered:
            self[item].set_answer(Answer.NO.value)
        self.taps.append(one_tap.line(at, Answer.NO, how, unanswered))

    def confirm_yes(self, given: AnswerDraft, at: datetime, since: date | None) -> None:
        """Answer "yes" with all that was said last time: the user said that it is still so.

        ``since`` is the day it was said, None where only the patient's record says so.
        """
        self[given.item].set_draft(given)
        how = one_tap.unchanged_text(since)
        self.taps.append(one_tap.line(at, given.answer, how, [given.item]))


_FIELDS = ("answer", "places", "detail", "reason", "mitigation")


def initial_answers(drafts: Iterable[AnswerDraft]) -> dict[str, dict[str, object]]:
    """Return stored answers as the form's initial values."""
    return {draft.item: _values(draft) for draft in drafts}


def _values(draft: AnswerDraft) -> dict[str, object]:
    return {
        "answer": draft.answer.value if draft.answer is not Answer.NOT_ASKED else "",
        "places": [f"{site.region}:{site.side.value}" for site in draft.sites],
        "detail": draft.detail,
        "reason": draft.reason,
        "mitigation": draft.mitigation.value if draft.mitigation else "",
    }
