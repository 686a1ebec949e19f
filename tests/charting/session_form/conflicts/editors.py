"""An editor of a session, played by a script: she opens, types, saves and resolves at random.

She knows only what her pages show her. Whatever she writes is written once, so that a value is
known by itself wherever it turns up.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import count
from random import Random
from typing import Any

from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from clinic_notes.clinical.drafts import VisitDraft
from tests.html_page import Page, quick_form_data

TEXTS = ("subjective", "assessment", "plan", "position_detail")
PARTS = (("roms", "after"), ("uses", "note"), ("interventions", "detail"))
"""A reading, a remark, and the words of rows that come and go."""

Place = tuple[Any, ...]
"""Where a value stands: ``("plan",)``, ``("uses", 12, "note")``, a new row by its number."""


def values(draft: VisitDraft) -> dict[Place, str]:
    """Return what a visit says in all the places that editors write to."""
    found: dict[Place, str] = {(name,): getattr(draft, name) for name in TEXTS}
    for rows, part in PARTS:
        for row in getattr(draft, rows):
            held = getattr(row, part)
            found[rows, row.id, part] = str(held.number) if part == "after" else held
    return found


@dataclass
class Editor:
    """One person at one browser, and what she has seen and wants since she opened the form."""

    name: str
    client: FlaskClient
    address: str
    chance: Random
    numbers: "count[int]"
    sent: MultiDict[str, str] | None = None
    """What her page would send as it stands; None where she has none open."""
    mine: set[str] = field(default_factory=set)
    """The values she wrote, or picked by hand, and has not given up since."""
    taken: set[Place] = field(default_factory=set)
    """Where she took a row away, or picked by hand that it goes."""
    shown: dict[Place, set[str]] = field(default_factory=dict)
    """All values she was shown, by their place."""
    choices: list[str] = field(default_factory=list)
    """What is to be chosen on the page of two versions."""
    asked: int = 0
    """How often she was shown two versions."""

    @property
    def is_asked(self) -> bool:
        """Say whether the page before her is the one of two versions."""
        return self.sent is not None and "base_version" in self.sent

    def act(self) -> bool:
        """Do one thing; say whether it saved the session."""
        if self.sent is None:
            return self.open()
        if self.is_asked:
            return self.resolve()
        if self.chance.random() < 0.35:
            return self.send(self.sent)
        self.chance.choice((self.write, self.write, self.write, self.add, self.take_away))()
        return False

    def finish(self) -> bool:
        """Bring what is on her page to an end."""
        return self.resolve() if self.is_asked else self.send(self.sent or MultiDict())

    def open(self) -> bool:
        """Open the form, with nothing in mind."""
        self.mine, self.taken, self.shown = set(), set(), defaultdict(set)
        self._look(self.client.get(self.address).get_data(as_text=True))
        return False

    def send(self, data: MultiDict[str, str]) -> bool:
        """Press the button, and look at what comes."""
        address = f"{self.address}/conflict" if self.is_asked else self.address
        answer = self.client.post(address, data=data)
        if answer.status_code == 303:
            self.sent = None
            return True
        assert answer.status_code in (200, 409), Page(answer).summary()
        self._look(answer.get_data(as_text=True))
        return False

    def resolve(self) -> bool:
        """Choose what is open, leave most of the rest, and save or go on in the form."""
        assert self.sent is not None
        data, hers = self.sent.copy(), self._places()
        for name in self.choices:
            if name not in data or self.chance.random() < 0.3:
                data[name] = self.chance.choice(("stored", "typed"))
                place = _place_of(name)
                self._pick(place, data[name], data[hers[place]] if place in hers else None)
        if self.chance.random() < 0.2:
            data["edit_merged"] = "edit_merged"
        return self.send(data)

    def _pick(self, place: Place, version: str, value: str | None) -> None:
        """Mean what was picked: her value or None for a row she does not have, or the other."""
        if version == "typed" and value is None:
            self.taken.add(place)
        elif version == "typed":
            self.mine.add(str(value))
        else:
            self.mine.discard(str(value))
            self.taken.discard(place)

    def write(self) -> None:
        """Write something in a place of the form."""
        place, name = self.chance.choice(sorted(self._places().items(), key=str))
        assert self.sent is not None
        self.mine.discard(self.sent[name])
        self.sent[name] = self._something(is_number=place[-1] == "after")
        self.mine.add(self.sent[name])

    def add(self) -> None:
        """Add a row of her own."""
        assert self.sent is not None
        row = f"interventions-{100 + next(self.numbers)}"
        text = self._something(is_number=False)
        self.mine.add(text)
        self.sent.update({f"{row}-id": "", f"{row}-kind": "advice", f"{row}-detail": text})

    def take_away(self) -> None:
        """Take a row away, where there is one."""
        assert self.sent is not None
        rows = {p: name for p, name in self._places().items() if p[0] == "interventions"}
        if not rows:
            return
        place, name = self.chance.choice(sorted(rows.items(), key=str))
        self.mine.discard(self.sent[name])
        self.taken.add(place)
        for part in [one for one in self.sent if one.startswith(name.removesuffix("detail"))]:
            del self.sent[part]

    def _something(self, *, is_number: bool) -> str:
        number = next(self.numbers)
        # A reading has one decimal, and a zero at its end is not kept.
        return f"{number // 9}.{number % 9 + 1}" if is_number else f"{self.name}{number:04}"

    def _look(self, source: str) -> None:
        self.sent = quick_form_data(source)
        if self.is_asked:
            self.asked += 1
            self.choices = list(dict.fromkeys(re.findall(r'name="(pick-[^"]+)"', source)))
            # Each difference begins with its place, and holds both versions' words.
            for shown in source.split('<div class="difference" id="')[1:]:
                words = re.sub(r"<[^>]*>", "", shown.partition(">")[2])
                seen = set(re.findall(r"[\w.]+", words))
                # A place that says nothing is shown to say so.
                seen |= {""} if "Nothing entered" in words else set()
                self.shown[_place_of(shown.partition('"')[0])] |= seen
        else:
            for place, name in self._places().items():
                self.shown[place].add(self.sent[name])

    def _places(self) -> dict[Place, str]:
        """Return where her form has something to write, and the name of the field."""
        assert self.sent is not None
        found: dict[Place, str] = {(name,): name for name in TEXTS}
        for rows, part in PARTS:
            begin = re.compile(rf"{rows}-(\d+)-id")
            numbers = sorted(int(m[1]) for name in self.sent if (m := begin.fullmatch(name)))
            for nth, number in enumerate(numbers):
                row = self.sent[f"{rows}-{number}-id"]
                name = int(row) if row else f"new-{nth}"
                found[rows, name, part] = f"{rows}-{number}-{part}"
        return found


def _place_of(pick: str) -> Place:
    """Return the place a choice is about."""
    match re.fullmatch(r"pick-([a-z_]+?)(?:-(\d+|new-\d+)(?:-[a-z]+)?)?", pick):
        case re.Match() as found if found[2]:
            row = found[2] if found[2].startswith("new") else int(found[2])
            return found[1], row, dict(PARTS)[found[1]]
        case _:
            return (pick.removeprefix("pick-"),)
