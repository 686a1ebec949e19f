"""The chart both sides are sent: a whole session as a browser sends it, blank fields too."""

from datetime import date
from decimal import Decimal
from itertools import islice
from urllib.parse import urlencode

from clinic_notes.clinical.drafts import PainDraft, RomDraft, VisitDraft
from clinic_notes.reference.movements import movements
from clinic_notes.reference.terms import Mode, Pressure, Side
from tests.charting.form_payloads import sent
from tests.drafts import BLOOD_THINNER, calf_use, measured, treated_draft, whole_checklist

USES, ROMS, PAINS = 8, 20, ("now", "first_step", "worst_24h")


def visit_draft(
    *, served_on: date, person_id: int, instrument_id: int, lubricant_id: int
) -> VisitDraft:
    """Return a session: every answer, 3 pains, 20 ROM rows, 8 uses, a stretch, an effect."""
    use = calf_use(
        instrument_id,
        lubricant_id,
        direction="parallel",
        angle_degrees=45,
        pressure=Pressure.LIGHT,
        minutes=Decimal(2),
        discomfort=3,
    )
    return treated_draft(
        instrument_id,
        served_on=served_on,
        measured_by_id=person_id,
        subjective="Tight on stairs, worst with the first step in the morning.",
        assessment="Responded: less pain on the first step, more dorsiflexion.",
        plan="Repeat in two days; calf stretch at home, three times a day.",
        answers=whole_checklist(BLOOD_THINNER),
        pains=tuple(PainDraft(pain, before=measured(6), after=measured(3)) for pain in PAINS),
        roms=tuple(
            RomDraft(
                movement.key,
                Side.LEFT if movement.sided else Side.MIDLINE,
                Mode.ACTIVE,
                device="goniometer",
                before=measured(4),
                after=measured(9),
            )
            for movement in islice(movements, ROMS)
        ),
        strengths=(),
        measures=(),
        uses=(use,) * USES,
    )


def visit_body(draft: VisitDraft, *, csrf_token: str) -> bytes:
    """Return the posted form of a session."""
    return urlencode(sent(draft, csrf_token=csrf_token), doseq=True).encode()


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
