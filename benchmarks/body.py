"""The chart both sides are sent: a whole session as a browser sends it, blank fields too."""

from collections.abc import Iterator
from datetime import date
from itertools import islice
from urllib.parse import urlencode

from clinic_notes.reference.contraindications import checklist
from clinic_notes.reference.movements import movements

USES, ROMS, PAINS = 8, 20, ("now", "first_step", "worst_24h")

Fields = Iterator[tuple[str, str]]


def visit_body(
    *, served_on: date, person_id: int, instrument_id: int, lubricant_id: int, csrf_token: str
) -> bytes:
    """Return the posted form: 50 answers, 3 pains, 20 ROM rows, 8 uses, a stretch, an effect."""
    fields = [
        ("csrf_token", csrf_token),
        ("served_on", served_on.isoformat()),
        ("start_time", "10:30"),
        ("end_time", "11:10"),
        ("measured_by_id", str(person_id)),
        ("decision", "treated"),
        *_answers(),
        *_pains(),
        *_roms(),
        *_uses(instrument_id, lubricant_id),
        *_rest(),
    ]
    return urlencode(fields).encode()


def sign_body(*, password: str, csrf_token: str) -> bytes:
    """Return the posted signature under the first version of a note."""
    fields = {"csrf_token": csrf_token, "version": "1", "password": password}
    return urlencode(fields).encode()


def with_token(body: bytes, token: str) -> bytes:
    """Return the same form as another sending of it."""
    return with_field(body, "once", token)


def with_field(body: bytes, name: str, value: str) -> bytes:
    """Return the form with one field more."""
    return b"%s&%s" % (body, urlencode({name: value}).encode())


def _answers() -> Fields:
    said_yes = {
        "answer": "yes",
        "reason": "INR not used for apixaban, skin sound, patient informed",
        "mitigation": "reduce_pressure",
    }
    for item in checklist:
        given = said_yes if item.key == "anticoagulant" else {"answer": "no"}
        for name in ("answer", "detail", "reason", "mitigation"):
            yield f"answers-{item.key}-{name}", given.get(name, "")


def _pains() -> Fields:
    for number, context in enumerate(PAINS):
        row = {"id": "", "context": context, "detail": "", **_ends("6", "3")}
        yield from _row("pains", number, row)


def _roms() -> Fields:
    for number, movement in enumerate(islice(movements, ROMS)):
        row = {
            "id": "",
            "movement": movement.key,
            "side": "left" if movement.sided else "midline",
            "mode": "active",
            "position": "",
            "device": "goniometer",
            **_ends("4", "9"),
        }
        yield from _row("roms", number, row)


def _ends(before: str, after: str) -> dict[str, str]:
    return {"before": before, "before_state": "", "after": after, "after_state": ""}


def _uses(instrument_id: int, lubricant_id: int) -> Fields:
    row = {
        "id": "",
        "instrument_id": str(instrument_id),
        "region": "calf",
        "side": "left",
        "stroke": "sweep",
        "direction": "parallel",
        "angle_degrees": "45",
        "pressure": "light",
        "newtons": "",
        "newtons_source": "",
        "minutes": "2",
        "motion": "static",
        "lubricant_id": str(lubricant_id),
        "discomfort": "3",
        "note": "",
    }
    for number in range(USES):
        yield from _row("uses", number, row)
        yield f"uses-{number}-tissues", "gastrocnemius"
        yield f"uses-{number}-tissues", "soleus"


def _rest() -> Fields:
    stretch = {"id": "", "kind": "stretch", "detail": "calf stretch 3 x 30 s", "minutes": "4"}
    yield from _row("interventions", 0, stretch)
    effect = {
        "effect": "erythema", "grade": "0", "region": "calf", "side": "left", "place": "",
        "size_cm": "", "lasted_days": "", "tenderness": "", "onset": "", "detail": "", "action": "",
    }  # fmt: skip
    yield from _row("effects", 0, {"id": "", **effect})
    yield "position", "prone"
    yield "position_detail", ""
    yield "skin_response", "erythema"
    yield "subjective", "Tight on stairs, worst with the first step in the morning."
    yield "assessment", "Responded: less pain on the first step, more dorsiflexion."
    yield "plan", "Repeat in two days; calf stretch at home, three times a day."
    yield "timed_minutes", "24"
    yield "total_minutes", "40"


def _row(name: str, number: int, fields: dict[str, str]) -> Fields:
    for field, value in fields.items():
        yield f"{name}-{number}-{field}", value
