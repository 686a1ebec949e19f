"""Chart A: plantar heel pain, left. Rosa Delgado, three sessions."""

from tests.browser.charts import (
    FIRST_STEP,
    NOW,
    WORST,
    Chart,
    Session,
    Value,
    also,
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

BEESWAX = "allergies-0"
GOALS = "First-step pain 2 or less in 4 weeks; stand a full shift (PSFS 8 of 10) in 6 weeks."

SHELF = (
    ("instruments", {"name": "GT5", "material": "stainless_steel", "system": "graston"}),
    ("instruments", {"name": "GT-6", "material": "stainless_steel", "system": "graston"}),
    (
        "lubricants",
        {"name": "Petroleum jelly", "kind": "petroleum_jelly", "ingredients": "petrolatum"},
    ),
)
PATIENT = (
    value("Rosa", "given_name", "Rosa", "name", "Rosa Delgado"),
    value("Delgado", "family_name", "Delgado", "name", "Rosa Delgado"),
    value("born 1979-03-14", "born_on", "1979-03-14", "facts", "14 Mar 1979"),
    value("female", "sex", "female", "facts"),
    value("MRN H-1042", "mrn", "H-1042", "facts"),
    value("allergies asked", "has_allergies", "yes", "alerts", "beeswax allergy"),
    value("beeswax", "allergies-0-allergen", "bee_products", "alerts", "beeswax allergy"),
    value("beeswax", "allergies-0-substance", "beeswax", "alerts", "beeswax allergy"),
    value("contact rash 2021", "allergies-0-reaction", "contact rash 2021", "page"),
    value(
        "takes apixaban (blood thinner)",
        "conditions-0-label",
        "takes apixaban (blood thinner)",
        "alerts",
    ),
    value("blood thinner", "conditions-0-item", "anticoagulant", "alerts", "blood thinner"),
    value(
        "works as a nurse, 12-hour shifts",
        "background",
        "Works as a nurse, 12-hour shifts.",
        "page",
    ),
)
EPISODE = (
    value("left plantar heel pain", "complaint", "Left plantar heel pain", "episodes"),
    value("plantar", "region", "foot_plantar", "episodes", "plantar foot"),
    value("left", "side", "left", "episodes", "Left plantar foot"),
    value("onset 2026-02-10", "onset_on", "2026-02-10", "episodes", "10 Feb 2026"),
    value("referred by her physician", "referral", "her physician", "episodes"),
    value("referred 2026-03-02", "referred_on", "2026-03-02", "episodes", "2 Mar 2026"),
    value("planned 8 sessions", "planned_visits", "8", "episodes", "3 of 8 sessions"),
    value("2 a week", "visits_per_week", "2", "episodes", "2 a week"),
    value("goals", "goals", GOALS, "episodes"),
    Value("", "opened_on", "2026-03-04", "", ""),
)

THINNER, BRUISE = "answers-anticoagulant", "answers-ecchymosis_effusion"
GO_ON = (
    "go on at light to moderate pressure: INR not used for apixaban, skin sound, patient informed"
)
ASKED = "safety, Blood thinner: yes"


def blood_thinner(said: str) -> tuple[Value, ...]:
    return (
        value("blood thinner yes", f"{THINNER}-answer", "yes", ASKED, "pressure reduced"),
        value(said, f"{THINNER}-reason", GO_ON, ASKED),
        value(
            "light to moderate",
            f"{THINNER}-mitigation",
            "reduce_pressure",
            ASKED,
            "pressure reduced",
        ),
        shown("all asked, otherwise no", "safety, no", "answered no"),
    )


PSFS = "Patient-Specific Functional Scale (PSFS)"


def psfs(line: str, activity: str, score: str) -> tuple[Value, ...]:
    return measure("psfs", line, "/10", score, detail=activity)


def dorsiflexion(before: str, after: str) -> tuple[Value, ...]:
    return rom(
        "ankle_dorsiflexion", "left", "Ankle dorsiflexion",
        ("active", "mode", "active"), ("knee straight", "position", "knee_straight"),
        ("goniometer", "device", "goniometer"), before=before, after=after,
    )  # fmt: skip


def toe(before: str) -> tuple[Value, ...]:
    how = ("passive", "mode", "passive")
    return rom("toe1_extension", "left", "1st toe extension", how, before=before)


def foot(pressure: str, time: str) -> tuple[Value, ...]:
    then = "then active dorsiflexion"
    row = use(
        "foot_plantar", "left", "Left plantar foot",
        tissues=("plantar fascia", "plantar_fascia", "Plantar fascia"),
        instrument_id=("GT-6 [sic]", "GT-6", "GT-6"),
        stroke=("J-stroke", "j_stroke", "J-stroke"),
        pressure=(pressure, pressure, pressure),
        angle_degrees=("45 deg", "45", "45°"),
        direction=("along the fibres", "parallel", "Along the fibres"),
        minutes=(f"{time} min", time, f"{time} min"),
        lubricant_id=("petroleum jelly", "Petroleum jelly", "Petroleum jelly"),
        motion=("static", "static", "Static"),
        note=(then, f"{then}; the petroleum jelly has no beeswax", then),
    )  # fmt: skip
    return (
        *row,
        shown("steel", "Left plantar foot, instrument", "stainless steel"),
        shown("no beeswax", "Left plantar foot, remark"),
    )


def calf(time: str) -> tuple[Value, ...]:
    row = use(
        "calf", "left", "Left calf",
        tissues=("gastrocnemius", "gastrocnemius", "Gastrocnemius"),
        tissues_too=("soleus", "soleus", "Soleus"),
        instrument_id=("GT5", "GT5", "GT5"),
        stroke=("sweep", "sweep", "Sweep"),
        pressure=("moderate", "moderate", "moderate"),
        angle_degrees=("30 deg", "30", "30°"),
        direction=("distal to proximal", "distal_to_proximal", "Distal to proximal"),
        minutes=(f"{time} min", time, f"{time} min"),
        motion=("static", "static", "Static"),
        note=("then active dorsiflexion",) * 3,
    )  # fmt: skip
    return (*row, shown("steel", "Left calf, instrument", "stainless steel"))


POSITION = (
    value("prone", "position", "prone", "position", "Prone"),
    value("foot over the edge", "position_detail", "foot over the edge", "position"),
)
ALSO = (
    also("stretch", "Stretch", "calf stretch 3 x 30 s", 1),
    also("exercise", "Exercise", "towel curls", 2),
    also("advice", "Advice and education", "advice on footwear", 3),
)
HEEL_RAISE = also("exercise", "Exercise", "eccentric heel raise 2 x 12", 4)


def whole(number: int, on: str, day: str, *values: Value, late: tuple[Value, ...] = ()) -> Session:
    own = (
        shown(str(number), "summary", f"Session {number} of 8"),
        shown(on, "facts", day),
        *POSITION, signed(),
    )  # fmt: skip
    return Session(number, on, (*values, *own), late=late)


ASKED_NEXT_TIME = value(
    "next time asked", "onset", "next_visit", "added 2", "began reported at the next session"
)
FIRST = whole(
    1, "2026-03-04", "4 Mar 2026",
    value("10:30", "start_time", "10:30", "facts"),
    *blood_thinner(GO_ON),
    *psfs(PSFS, "stand 12-hour shift", "3"),
    *psfs(f"{PSFS}, first steps in the morning", "first steps in the morning", "2"),
    *psfs(f"{PSFS}, stairs", "stairs", "5"),
    *pain("now", NOW, "3", "2"),
    *pain("first_step", FIRST_STEP, "7", "not applicable"),
    *pain("worst_24h", WORST, "8"),
    *dorsiflexion("4 deg", "9 deg"), *toe("48 deg"),
    *foot("light", "4"), *calf("5"), *ALSO,
    value("redness", "skin_response", "erythema", "response", "Redness"),
    *minutes("24", "40"),
    value("responded", "assessment", "responded", "assessment"),
    value("repeat in 2 days", "plan", "repeat in 2 days", "plan"),
    late=(
        value("sore", "effect", "soreness", "added 2", "Soreness"),
        value("24 h", "lasted", "1", "added 2", "1 day"),
        ASKED_NEXT_TIME,
        value("sore 24 h, nothing else", "text", "sore 24 h, nothing else", "added 3"),
        value("asked 2026-03-06", "about_on", "2026-03-06", "added", "6 Mar 2026"),
    ),
)  # fmt: skip

SECOND = whole(
    2, "2026-03-06", "6 Mar 2026",
    *blood_thinner("same"),
    value("nothing new", "subjective", "nothing new", "subjective"),
    *pain("now", NOW, "3", "2"),
    *pain("first_step", FIRST_STEP, "6"), *pain("worst_24h", WORST, "7"),
    *dorsiflexion("5 deg", "9 deg"), *toe("50 deg"),
    *foot("moderate", "5"), *calf("5"), *ALSO, HEEL_RAISE,
    value("petechiae", "skin_response", "petechiae", "response", "Petechiae"),
    value("medial heel", (Row.of("effects", effect="petechiae"), "place"), "medial heel", "effect"),
    value("about 1 cm", (Row.of("effects", effect="petechiae"), "size_cm"), "1", "effect", "1 cm"),
    value("about", (Row.of("effects", effect="petechiae"), "detail"), "about 1 cm", "effect"),
    *minutes("26", "40"),
    plain("petechiae at the medial heel", "assessment", "assessment"),
    value("stop at moderate on plantar side", "plan", "stop at moderate on plantar side", "plan"),
    late=(
        value("bruise", "effect", "ecchymosis", "added 2", "Bruise"),
        value("2 cm", "size_cm", "2", "added 2", "2 cm"),
        value("4 days", "lasted", "4", "added 2", "4 days"),
        value("tender 3 of 10", "tenderness", "3", "added 2", "tender 3 of 10"),
        ASKED_NEXT_TIME,
        value("2026-03-11", "about_on", "2026-03-11", "added", "11 Mar 2026"),
    ),
)  # fmt: skip

BRUISED = "safety, Bruise or joint effusion: yes"
THIRD = whole(
    3, "2026-03-11", "11 Mar 2026",
    *blood_thinner("blood thinner yes"),
    value("bruise: yes", f"{BRUISE}-answer", "yes", BRUISED, "bruise"),
    value("left foot", f"{BRUISE}-places", "foot_plantar:left", BRUISED, "Left plantar foot"),
    plain("bruise at medial heel from last time", f"{BRUISE}-detail", BRUISED),
    plain("avoid the medial heel, calf only: bruise not settled", f"{BRUISE}-reason", BRUISED),
    *pain("now", NOW, "2", "1"),
    *pain("first_step", FIRST_STEP, "5"), *pain("worst_24h", WORST, "6"),
    *dorsiflexion("6 deg", "11 deg"), *toe("not measured"),
    *calf("6"), *ALSO, HEEL_RAISE,
    value("redness", "skin_response", "erythema", "response", "Redness"),
    *minutes("23", "38"),
    value("bruise not settled", "assessment", "bruise not settled", "assessment"),
    plain("resume plantar side when bruise gone", "plan", "plan"),
)  # fmt: skip

CHART = Chart(SHELF, PATIENT, EPISODE, (FIRST, SECOND, THIRD))
