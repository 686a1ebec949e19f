"""Two editors at one session, their steps mixed at random: no change is ever lost.

A change is lost where somebody's save replaces a value that she was not shown, or changes a place
where she neither wrote nor picked, or leaves out what she wrote and did not give up.
"""

import os
from collections.abc import Iterator
from itertools import count
from random import Random

from clinic_notes.accounts.models import User
from clinic_notes.clinical.drafts import InterventionDraft, RomDraft
from clinic_notes.reference.terms import Mode, Side
from tests import drafts, factories
from tests.charting.session_form.conflicts.editors import TEXTS, Editor, Place, values

SCRIPTS = int(os.environ.get("CLINIC_NOTES_INTERLEAVINGS", "1"))
"""How many scripts are played on each store; a thousand of them take ten minutes or more."""
FIRST = int(os.environ.get("CLINIC_NOTES_INTERLEAVINGS_FIRST", "0"))
"""The first of them, to see one again."""
STEPS = 18


def lost(before: dict[Place, str], after: dict[Place, str], who: Editor) -> Iterator[str]:
    """Yield what this save lost, as sentences."""
    for place, value in before.items():
        now = after.get(place)
        if now == value:
            continue
        if value not in who.shown[place]:
            yield f"{who.name} replaced {value} at {place}, which she was not shown"
        if now not in who.mine and not (now is None and place in who.taken):
            yield f"{who.name} changed {place} from {value} to {now}, and did not mean to"
    for place in after.keys() - before.keys():
        if after[place] not in who.mine:
            yield f"{after[place]} appeared at {place}, which {who.name} did not write"
    for value in who.mine - set(after.values()):
        yield f"{who.name} wrote {value}, and it was not kept"


def opened_by(person: User) -> int:
    """Begin a session that says something else in each place."""
    rom = RomDraft("ankle_dorsiflexion", Side.LEFT, Mode.ACTIVE, after=drafts.measured("9.5"))
    texts = {name: f"begun{number}" for number, name in enumerate(TEXTS)}
    done = (InterventionDraft("stretch", "begun8"), InterventionDraft("exercise", "begun9"))
    return factories.open_visit(person, roms=(rom,), interventions=done, **texts).id


def played(editors: list[Editor], chance: Random) -> Iterator[tuple[Editor, bool]]:
    """Let them take turns at random, and bring what they have begun to an end."""
    for _ in range(STEPS):
        who = chance.choice(editors)
        yield who, who.act()
    while at_work := [editor for editor in editors if editor.sent is not None]:
        who = chance.choice(at_work)
        yield who, who.finish()


def test_no_update_is_lost(client_for, cast, acting_as, stored_draft, record_property):
    people = {"A": client_for(cast.maya), "B": client_for(cast.jonas)}
    found: list[str] = []
    saves = asked = 0
    for seed in range(FIRST, FIRST + SCRIPTS):
        with acting_as(cast.maya):
            visit = opened_by(cast.maya)
        chance, numbers = Random(seed), count(1)  # noqa: S311 - it guards nothing.
        editors = [
            Editor(name, client, f"/visits/{visit}/edit", chance, numbers)
            for name, client in people.items()
        ]
        said = values(stored_draft(visit))
        for who, has_saved in played(editors, chance):
            if has_saved:
                now = values(stored_draft(visit))
                found += [f"script {seed}: {sentence}" for sentence in lost(said, now, who)]
                said, saves = now, saves + 1
        asked += sum(editor.asked for editor in editors)
    record_property("interleavings", f"{SCRIPTS} scripts, {saves} saves, {asked} conflicts")
    assert found == []
    assert min(saves, asked) > SCRIPTS
