"""What may stand in the form of a session in which nobody has typed."""

import re

from clinic_notes.core.forms.technical_fields import INSTANCE, RECORD

REPEATED = (
    "instrument_id", "region", "side", "tissues", "stroke", "direction", "angle_degrees",
    "pressure", "minutes", "motion", "lubricant_id",
)  # fmt: skip
OF_THE_PAGE = "|".join([*INSTANCE, *RECORD, "email", "path"])
ALLOWED_DEFAULTS = re.compile(
    rf"{OF_THE_PAGE}|repeated_from_id|served_on|measured_by_id|decision|position|"
    r"(pains|roms|strengths|measures)-\d+-(context|movement|measure|side|mode|method|device|"
    r"position|detail)|uses-\d+-(copied_from_id|" + "|".join(REPEATED) + ")"
)
"""Rows and their copied fields; no reading, no answer, no text."""
