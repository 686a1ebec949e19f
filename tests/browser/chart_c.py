"""Chart C: screened, not treated. Alma Lindqvist, one session."""

from tests.browser.charts import NOW, Chart, Session, Value, measure, pain, shown, signed, value

PATIENT = (
    value("Alma", "given_name", "Alma", "name", "Alma Lindqvist"),
    value("Lindqvist", "family_name", "Lindqvist", "name", "Alma Lindqvist"),
    value("born 1955-06-02", "born_on", "1955-06-02", "facts", "2 Jun 1955"),
    value("female", "sex", "female", "facts"),
    value("MRN H-1101", "mrn", "H-1101", "facts"),
    shown("(no word of allergies)", "alerts", "Allergies not asked"),
)
COMPLAINT = "Right calf tightness after a long flight"
EPISODE = (
    value("right calf tightness after a long flight", "complaint", COMPLAINT, "episodes"),
    value("calf", "region", "calf", "episodes"),
    value("right", "side", "right", "episodes", "Right calf"),
    Value("", "opened_on", "2026-05-05", "", ""),
)

CLOT, ASKED = "answers-dvt_or_suspected", "safety, Blood clot (DVT), or signs of one: yes"
SIGNS = "new swelling, warmth and tenderness of the right calf; Homan-type pain; breath normal"
STOP = "stop: new swelling, warmth and tenderness of the right calf"
PHYSICIAN = "same-day referral to her physician, who was telephoned at 14:20 (Dr. Ferreira)"

ONLY = Session(
    1, "2026-05-05",
    (
        shown("2026-05-05", "facts", "5 May 2026"),
        shown("first session", "summary", "Session 1"),
        value("signs of a clot", f"{CLOT}-answer", "yes", ASKED, "right calf"),
        value(SIGNS, f"{CLOT}-detail", SIGNS, ASKED),
        value("not treated", "decision", "not_treated", "badge", "Screened, not treated"),
        value("decision: stop", "not_treated_reason", STOP, "notice"),
        value(PHYSICIAN, "referral", PHYSICIAN, "notice 2"),
        value("informed and agreed", "patient_informed", "y", "notice 3", "informed and agreed"),
        *pain("now", NOW, "5"),
        *measure("girth_cm", "Girth", " cm", "39.5", side="right", detail="calf"),
        *measure("girth_cm", "Girth", " cm", "36.8", side="left", detail="calf"),
        shown('signed as "screened, not treated"', "badge 2", "Signed"),
        signed(),
    ),
    rest_is_no=False,
)  # fmt: skip

CHART = Chart((), PATIENT, EPISODE, (ONLY,))
