"""The demo's complaints: site, context, measurements and techniques."""

from dataclasses import dataclass

from clinic_notes.reference.terms import Mode, Side


@dataclass(frozen=True)
class Measurement:
    """A movement measured over the episode, in degrees from ``start`` towards ``goal``."""

    movement: str
    start: int
    goal: int
    mode: Mode = Mode.ACTIVE
    position: str = ""
    device: str = "goniometer"
    is_sided: bool = True


@dataclass(frozen=True)
class Technique:
    """How one region is treated; ``region`` "" means the episode's own."""

    instrument: str
    stroke: str
    direction: str
    angle: int
    minutes: int
    tissues: tuple[str, ...]
    region: str = ""
    motion: str = "static"


@dataclass(frozen=True)
class Complaint:
    """A chief complaint, with all that an episode of it needs."""

    words: str
    region: str
    context: str
    context_detail: str
    onset: str
    goals: str
    position: str
    measured: tuple[Measurement, ...]
    techniques: tuple[Technique, ...]
    home: str
    sides: tuple[Side, ...] = (Side.LEFT, Side.RIGHT)
    code: str = ""
    """ICD-10-CM, with the words of the clinic."""


FORWARD, ACROSS, UP = "parallel", "perpendicular", "distal_to_proximal"

COMPLAINTS = (
    Complaint(
        "Plantar heel pain", "foot_plantar", "first_step", "",
        "Gradual, worse after long days standing",
        "First steps at 2 or less; stand a whole shift", "prone",
        (
            Measurement("ankle_dorsiflexion", 4, 16, position="knee_straight"),
            Measurement("toe1_extension", 46, 62, Mode.PASSIVE),
        ),
        (
            Technique("GT6", "j_stroke", FORWARD, 45, 4, ("plantar_fascia", "fdb")),
            Technique("GT5", "sweep", UP, 30, 5, ("gastrocnemius", "soleus"), region="calf"),
        ),
        "Calf stretch 3 x 30 s; towel curls",
        code="M72.2 Plantar fasciitis",
    ),
    Complaint(
        "Lateral elbow pain", "elbow_lat", "movement", "gripping",
        "After weeks of screwdriver work",
        "Grip a full pan without pain; back to racket sport", "sitting",
        (Measurement("wrist_flexion", 58, 77, Mode.PASSIVE, "elbow_straight"),),
        (
            Technique("Blue handpiece", "strum", ACROSS, 60, 3, ("common_extensor_tendon", "ecrb")),
            Technique("GT5", "sweep", UP, 30, 4, ("wrist_extensors",), region="forearm"),
        ),
        "Eccentric wrist extension 3 x 15",
        code="M77.10 Lateral epicondylitis",
    ),
    Complaint(
        "Neck stiffness and headache", "cervical_post", "movement", "turning the head",
        "Desk work, worse since a new screen",
        "Turn to look over the shoulder while driving", "sitting",
        (Measurement("cervical_rotation", 46, 70, device="crom"),),
        (
            Technique("GT4", "fan", UP, 30, 4, ("upper_trapezius", "levator_scapulae")),
            Technique("GT5", "sweep", FORWARD, 30, 4, ("trapezius",), region="scapular"),
        ),
        "Chin tucks; screen at eye level",
        code="M54.2 Neck pain",
    ),
    Complaint(
        "Low back tightness", "lumbar", "movement", "bending",
        "Lifting boxes while moving house",
        "Tie shoes without bracing; sit through a film", "prone",
        (Measurement("lumbar_flexion", 34, 58, device="dual_inclinometer", is_sided=False),),
        (Technique("GT4", "sweep", UP, 30, 6, ("erector_spinae", "thoracolumbar_fascia")),),
        "Cat and camel 2 x 10; walk 20 min",
        sides=(Side.BILATERAL,),
        code="M54.50 Low back pain",
    ),
    Complaint(
        "Achilles tendon pain", "achilles", "first_step", "",
        "Rising mileage before a race",
        "Run 5 km on alternate days", "prone",
        (Measurement("ankle_dorsiflexion", 6, 17, position="knee_straight"),),
        (
            Technique("Blue handpiece", "brush", UP, 30, 3, ("achilles_midportion",)),
            Technique("GT5", "sweep", UP, 30, 5, ("soleus",), region="calf"),
        ),
        "Slow heel raises 3 x 12",
        code="M76.60 Achilles tendinitis",
    ),
    Complaint(
        "Shoulder stiffness", "shoulder_post", "movement", "reaching behind",
        "Since a fall on the outstretched arm, X-ray clear",
        "Fasten a seat belt; sleep on that side", "side_lying_left",
        (Measurement("shoulder_internal_rotation", 36, 58, Mode.PASSIVE, "shoulder_90_abduction"),),
        (Technique("GT4", "fan", ACROSS, 45, 5, ("infraspinatus", "teres_minor")),),
        "Sleeper stretch 3 x 30 s",
        sides=(Side.RIGHT,),
        code="M25.611 Stiffness of the right shoulder",
    ),
    Complaint(
        "Hamstring tightness after strain", "hamstring", "movement", "long stride",
        "Felt in a sprint six weeks ago",
        "Full sprint without holding back", "prone",
        (Measurement("hip_flexion", 56, 80, Mode.PASSIVE, "knee_straight", "inclinometer"),),
        (
            Technique(
                "GT5", "sweep", FORWARD, 30, 6, ("biceps_femoris", "semitendinosus"),
                motion="active_motion",
            ),
        ),
        "Nordic lowers 2 x 6",
        code="M62.89 Muscle tightness",
    ),
    Complaint(
        "Pain at the front of the knee", "knee_ant", "movement", "stairs",
        "Jumping sport, worse after matches",
        "Stairs without pain; full training", "supine",
        (Measurement("knee_flexion", 118, 136),),
        (
            Technique("GT6", "strum", ACROSS, 60, 3, ("patellar_tendon",)),
            Technique("GT4", "sweep", UP, 30, 5, ("rectus_femoris",), region="quad_thigh_ant"),
        ),
        "Wall sit 5 x 45 s",
        code="M25.569 Knee pain",
    ),
    Complaint(
        "Outer thigh pain when running", "itb_thigh_lat", "movement", "running",
        "From the second kilometre on",
        "Run 8 km without stopping", "side_lying_left",
        (Measurement("hip_internal_rotation", 24, 37, Mode.PASSIVE, "hip_bent"),),
        (Technique("GT4", "sweep", UP, 30, 6, ("vastus_lateralis", "tfl")),),
        "Side steps with a band 3 x 12",
        sides=(Side.RIGHT,),
        code="M76.30 Iliotibial band syndrome",
    ),
    Complaint(
        "Thumb-side wrist pain", "wrist", "movement", "lifting",
        "Weeks of pruning and lifting pots",
        "Lift and carry without a splint", "sitting",
        (Measurement("wrist_ulnar_deviation", 16, 28),),
        (Technique("GT6", "brush", FORWARD, 30, 3, ("apl_epb",)),),
        "Splint at night; lift with the forearm",
        code="M65.4 Radial styloid tenosynovitis",
    ),
)  # fmt: skip
