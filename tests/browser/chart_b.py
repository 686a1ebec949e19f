"""Chart B: lateral elbow pain, right. Tom Okafor, sessions 1, 4 and 6 of 6."""

from tests.browser.charts import (
    NOW,
    Chart,
    Session,
    Value,
    measure,
    minutes,
    pain,
    plain,
    rom,
    shown,
    signed,
    use,
    value,
)  # fmt: skip
from tests.browser.form_driver import Row

SHELF = (
    ("instruments", {"name": "Polymer tool", "material": "polymer", "bevel": "double"}),
    ("lubricants", {"name": "Massage cream", "kind": "cream", "ingredients": "aqua, glycerin"}),
)
PATIENT = (
    value("Tom", "given_name", "Tom", "name", "Tom Okafor"),
    value("Okafor", "family_name", "Okafor", "name", "Tom Okafor"),
    value("born 1968-11-30", "born_on", "1968-11-30", "facts", "30 Nov 1968"),
    value("male", "sex", "male", "facts"),
    value("MRN H-1077", "mrn", "H-1077", "facts"),
    value("allergies asked: none", "has_allergies", "no", "page", "No known allergies"),
    value("type 2 diabetes", "conditions-0-label", "type 2 diabetes", "alerts"),
    value("diabetes", "conditions-0-item", "diabetes", "alerts"),
    value("carpenter", "background", "Carpenter.", "page", "Carpenter"),
)
EPISODE = (
    value("right lateral elbow pain", "complaint", "Right lateral elbow pain", "episodes"),
    value("lateral elbow", "region", "elbow_lat", "episodes", "lateral elbow"),
    value("right", "side", "right", "episodes", "Right lateral elbow"),
    value("5 months", "onset", "5 months", "episodes"),
    value("planned 6 sessions", "planned_visits", "6", "episodes", "6 of 6 sessions"),
    Value("", "opened_on", "2026-04-01", "", ""),
)

DIABETES, ASKED = "answers-diabetes", "safety, Diabetes: yes"
GRIPPING = Row.of("pains", context="movement", detail="gripping")


def readings(
    now: tuple[str, str], gripping: tuple[str, str], grip: tuple[str, str], mmt: tuple[str, str],
    elbow: str, wrist: tuple[str, str],
) -> tuple[Value, ...]:  # fmt: skip
    strength = Row.of("strengths", movement="wrist_extension", side="right")
    how = "dynamometer, mean of 3"
    return (
        *pain("now", NOW, *now),
        *pain("movement", "Pain with movement", *gripping, why="gripping"),
        *measure("grip_pain_free_kg", "Pain-free grip", " kg", grip[0], side="right", detail=how),
        *measure("grip_pain_free_kg", "Pain-free grip", " kg", grip[1], side="left", detail=how),
        value("MMT", (strength, "method"), "mmt", "Wrist extension, right, how", "MMT"),
        value(mmt[0], (strength, "before_grade"), mmt[1], "Wrist extension, right, before", mmt[0]),
        *rom(
            "elbow_extension", "right", "Elbow extension", ("active", "mode", "active"),
            before=elbow,
        ),
        *rom(
            "wrist_flexion", "right", "Wrist flexion", ("passive", "mode", "passive"),
            ("elbow straight", "position", "elbow_straight"), before=wrist[0], after=wrist[1],
        ),
    )  # fmt: skip


def tendon(pressure: str, time: str, **more: tuple[str, str, str]) -> tuple[Value, ...]:
    row = use(
        "elbow_lat", "right", "Right lateral elbow",
        tissues=("common extensor tendon", "common_extensor_tendon", "Common extensor tendon"),
        tissues_too=("ECRB", "ecrb", "ECRB"),
        instrument_id=("polymer tool", "Polymer tool", "Polymer tool"),
        stroke=("strum", "strum", "Strum"),
        angle_degrees=("60 deg", "60", "60°"),
        pressure=(pressure, pressure, pressure),
        direction=("across the fibres", "perpendicular", "Across the fibres"),
        minutes=(f"{time} min", time, f"{time} min"),
        lubricant_id=("cream", "Massage cream", "Massage cream"),
        **more,
    )  # fmt: skip
    return (*row, shown("double bevel", "Right lateral elbow, instrument"))


FOREARM = use(
    "forearm", "right", "Right forearm",
    instrument_id=("polymer tool", "Polymer tool", "Polymer tool"),
    stroke=("sweep", "sweep", "Sweep"), pressure=("moderate", "moderate", "moderate"),
    minutes=("4 min", "4", "4 min"),
)  # fmt: skip


def whole(number: int, on: str, day: str, measured_by: str, *values: Value) -> Session:
    told = "therapist 2 (covering)" if measured_by.startswith("Jonas") else "therapist 1"
    own = (
        shown(str(number), "summary", f"Session {number} of 6"),
        shown(on, "facts", day),
        value(f"measured by {told}", "measured_by_id", measured_by, "measured by"),
        signed(),
    )
    return Session(number, on, (*values, *own))


FIRST = whole(
    1, "2026-04-01", "1 Apr 2026", "Maya Reyes, PT, DPT",
    value("diabetes yes", f"{DIABETES}-answer", "yes", ASKED, "sensation tested normal"),
    plain("sensation tested normal", f"{DIABETES}-reason", ASKED),
    Value("", f"{DIABETES}-mitigation", "explain_consent", ASKED, ""),
    shown("rest no", "safety, no", "answered no"),
    *measure("prtee", "PRTEE (tennis elbow)", "/100", "58"),
    *readings(
        ("4", "3"), ("7", "5"), ("18", "41"), ("4-", "4_minus"), "-5 (lacks 5)", ("62", "70"),
    ),
    *tendon("moderate", "3"), *FOREARM,
    value("redness", "skin_response", "erythema", "response", "Redness"),
    *minutes("21", "35"),
    value("lateral elbow pain", "assessment", "lateral elbow pain", "assessment"),
    value("planned 6 sessions", "plan", "planned 6 sessions", "plan"),
)  # fmt: skip

GRAZE = Row.of("effects", effect="skin_abrasion")
CLEANED = "instrument taken out of use, high-level disinfection logged 2026-04-15 17:10"
DISCOMFORT = ("patient-rated discomfort 5 of 10", "5", "5 of 10")
NOTHING_NEW = (
    value("nothing new", "subjective", "nothing new", "subjective"),
    shown("nothing new", "safety, no", "answered no"),
)
FOURTH = whole(
    4, "2026-04-15", "15 Apr 2026", "Jonas Lind, PT", *NOTHING_NEW,
    *readings(("3", "2"), ("5", "4"), ("26", "42"), ("4", "4"), "-2", ("70", "74")),
    *tendon("heavy", "3", discomfort=DISCOMFORT), *FOREARM,
    value("redness", "skin_response", "erythema", "response", "Redness"),
    value("one graze", (GRAZE, "region"), "elbow_lat", "effect", "Graze"),
    value("0.5 cm", (GRAZE, "size_cm"), "0.5", "effect", "0.5 cm"),
    value("with a spot of blood", (GRAZE, "detail"), "with a spot of blood", "effect"),
    value(CLEANED, (GRAZE, "action"), CLEANED, "effect"),
    *measure("groc", "Global rating of change (GROC)", "", "+3"),
    *minutes("20", "30"),
    value("one graze", "assessment", "one graze", "assessment"),
    value("planned 6 sessions", "plan", "planned 6 sessions", "plan"),
)  # fmt: skip

SIXTH = whole(
    6, "2026-04-24", "24 Apr 2026", "Maya Reyes, PT, DPT", *NOTHING_NEW,
    *measure("prtee", "PRTEE (tennis elbow)", "/100", "33"),
    *readings(("1", "0"), ("3", "2"), ("35", "41"), ("5", "5"), "0", ("76", "78")),
    *tendon("heavy", "2"), *FOREARM,
    value("none", "skin_response", "none", "response", "No change"),
    *measure("groc", "Global rating of change (GROC)", "", "+5"),
    *minutes("18", "30"),
    value("GROC +5", "assessment", "GROC +5", "assessment"),
    value("last", "plan", "last session", "plan", "last"),
)  # fmt: skip

CHART = Chart(SHELF, PATIENT, EPISODE, (FIRST, FOURTH, SIXTH))
BETWEEN = {4: ("2026-04-06", "2026-04-10"), 6: ("2026-04-20",)}
"""Days of the sessions whose columns the chart leaves out."""
