"""What cannot be right, or needs care, in an instrument use and in the session's minutes."""

from decimal import Decimal

import pytest

from clinic_notes.clinical.dosage import check_minutes, check_use, pressure_marks, treated_minutes
from clinic_notes.clinical.findings import Level
from clinic_notes.clinical.screening.pressure_caps import PressureCap
from clinic_notes.reference.terms import ForceSource, Pressure, Side
from tests.clinical.charts import CHART_A1, abouts
from tests.drafts import calf_use


@pytest.mark.parametrize(
    ("changes", "level", "field"),
    [
        pytest.param({"instrument_id": 0}, Level.REFUSE, "instrument_id", id="no instrument"),
        pytest.param({"region": "", "tissues": ()}, Level.REFUSE, "region", id="no region"),
        pytest.param({"side": Side.MIDLINE}, Level.REFUSE, "side", id="a calf has no midline"),
        pytest.param({"tissues": ("ecrb",)}, Level.CAUTION, "tissues", id="an elbow's tissue"),
        pytest.param({"angle_degrees": 91}, Level.REFUSE, "angle_degrees", id="over 90 degrees"),
        pytest.param({"angle_degrees": -1}, Level.REFUSE, "angle_degrees", id="below 0 degrees"),
        pytest.param({"angle_degrees": 61}, Level.CAUTION, "angle_degrees", id="steep for a sweep"),
        pytest.param(
            {"angle_degrees": 80, "stroke": "scoop"},
            Level.CAUTION,
            "angle_degrees",
            id="flat for a scoop",
        ),
        pytest.param({"minutes": Decimal(0)}, Level.REFUSE, "minutes", id="0 minutes"),
        pytest.param({"minutes": Decimal(600)}, Level.REFUSE, "minutes", id="600 minutes"),
        pytest.param({"discomfort": 11}, Level.REFUSE, "discomfort", id="discomfort 11"),
        pytest.param({"discomfort": 7}, Level.CAUTION, "discomfort", id="discomfort 7"),
        pytest.param(
            {"newtons": Decimal(6)}, Level.REFUSE, "newtons_source", id="newtons from nowhere"
        ),
        pytest.param(
            {"newtons": Decimal(126), "newtons_source": ForceSource.MEASURED},
            Level.REFUSE,
            "newtons",
            id="126 N",
        ),
        pytest.param(
            {"newtons_source": ForceSource.MEASURED}, Level.REFUSE, "newtons", id="a source alone"
        ),
        pytest.param(
            {"region": "popliteal", "tissues": (), "note": "Tight, no pulse felt there"},
            Level.CAUTION,
            "pressure",
            id="moderate behind the knee, with a reason",
        ),
        pytest.param(
            {"region": "popliteal", "tissues": (), "pressure": Pressure.FIRM},
            Level.BLOCK,
            "pressure",
            id="firm behind the knee",
        ),
        pytest.param(
            {"stroke": "brush", "angle_degrees": None},
            Level.BLOCK,
            "pressure",
            id="a moderate brush",
        ),
    ],
)
def test_a_use_that_is_refused_or_needs_care(
    changes: dict[str, object], level: Level, field: str
) -> None:
    (found,) = check_use(calf_use(**changes), prefix="uses-2")
    assert (found.level, found.about) == (level, f"uses-2-{field}")


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({}, id="chart A, second row"),
        pytest.param({"angle_degrees": 60}, id="the end of the stroke's band"),
        pytest.param(
            {"angle_degrees": 5, "stroke": "brush", "pressure": Pressure.LIGHT},
            id="no band is published",
        ),
        pytest.param({"angle_degrees": None, "pressure": None, "minutes": None}, id="unfinished"),
        pytest.param({"minutes": Decimal("0.75")}, id="45 seconds"),
        pytest.param({"minutes": Decimal(120)}, id="two hours"),
        pytest.param({"discomfort": 6}, id="discomfort 6"),
        pytest.param(
            {"newtons": Decimal("8.9"), "newtons_source": ForceSource.ESTIMATED}, id="8.9 N"
        ),
        pytest.param(
            {"region": "popliteal", "tissues": (), "pressure": Pressure.LIGHT},
            id="light behind the knee",
        ),
    ],
)
def test_a_use_with_nothing_to_say_about(changes: dict[str, object]) -> None:
    assert check_use(calf_use(**changes), prefix="uses-0") == ()


@pytest.mark.parametrize("pressure", Pressure)
@pytest.mark.parametrize("cap", [None, Pressure.LIGHT, Pressure.MODERATE])
def test_pressure_above_the_cap_is_refused(pressure: Pressure, cap: Pressure | None) -> None:
    order = ["light", "moderate", "firm", "heavy"]
    is_above = cap is not None and order.index(pressure) > order.index(cap)
    capped = PressureCap(cap, "blood thinner") if cap else None
    found = check_use(calf_use(pressure=pressure), prefix="uses-0", cap=capped)
    assert abouts(found) == ["uses-0-pressure"] * is_above
    assert all(finding.level is Level.BLOCK for finding in found)


@pytest.mark.parametrize(("newtons", "is_warned"), [("5", False), ("5.1", True)])
def test_more_than_5_newtons_under_a_cap_needs_care(newtons: str, is_warned: bool) -> None:
    use = calf_use(newtons=Decimal(newtons), newtons_source=ForceSource.MEASURED)
    found = check_use(use, prefix="uses-0", cap=PressureCap(Pressure.MODERATE, "blood thinner"))
    assert [f.level for f in found] == [Level.CAUTION] * is_warned


def test_instrument_minutes_add_up() -> None:
    assert treated_minutes(CHART_A1.uses) == 9
    assert treated_minutes((calf_use(minutes=None),)) == 0


@pytest.mark.parametrize(
    ("timed", "total", "with_instruments", "refused"),
    [
        pytest.param(24, 40, 9, [], id="chart A"),
        pytest.param(40, 40, 40, [], id="all of it timed"),
        pytest.param(0, 480, 0, [], id="the limits"),
        pytest.param(None, None, 9, [], id="not entered yet"),
        pytest.param(41, 40, 9, ["total_minutes"], id="more timed than total"),
        pytest.param(8, 40, 9, ["timed_minutes"], id="more with instruments than timed"),
        pytest.param(-1, 40, 0, ["timed_minutes"], id="negative"),
        pytest.param(24, 600, 0, ["total_minutes"], id="600 minutes"),
    ],
)
def test_the_session_minutes(
    timed: int | None, total: int | None, with_instruments: int, refused: list[str]
) -> None:
    found = check_minutes(timed, total, Decimal(with_instruments))
    assert abouts(found) == refused


FIRM_AND_HEAVY = ("firm", "heavy")


@pytest.mark.parametrize(
    ("changes", "cap", "out", "with_care"),
    [
        pytest.param({}, None, (), (), id="no cap"),
        pytest.param({}, Pressure.MODERATE, FIRM_AND_HEAVY, (), id="moderate at most"),
        pytest.param({}, Pressure.LIGHT, ("moderate", *FIRM_AND_HEAVY), (), id="light only"),
        pytest.param(
            {"region": "popliteal"}, None, FIRM_AND_HEAVY, ("moderate",), id="behind the knee"
        ),
        pytest.param({"stroke": "brush"}, None, ("moderate", *FIRM_AND_HEAVY), (), id="a brush"),
        pytest.param({"pressure": Pressure.HEAVY}, None, (), (), id="whatever is chosen"),
    ],
)
def test_a_pressure_is_marked_before_it_is_chosen(
    changes: dict[str, object],
    cap: Pressure | None,
    out: tuple[str, ...],
    with_care: tuple[str, ...],
) -> None:
    capped = PressureCap(cap, "blood thinner") if cap else None
    marks = pressure_marks(calf_use(**changes), capped)
    assert tuple(mark.key for mark in marks if mark.is_out) == out
    assert tuple(mark.key for mark in marks if not mark.is_out) == with_care
    assert all(mark.text.endswith(".") for mark in marks)
