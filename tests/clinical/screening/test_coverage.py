"""An answer given about some sites holds while no other site is treated."""

import pytest

from clinic_notes.clinical.drafts import Site
from clinic_notes.clinical.screening import is_answered_for
from clinic_notes.reference.terms import Side
from tests.drafts import LEFT_CALF, LEFT_FOOT, RIGHT_CALF

SKIN, FEVER = "open_wound", "fever_systemic_infection"
BOTH_CALVES, MIDLINE = Site("calf", Side.BILATERAL), Site("calf", Side.MIDLINE)


@pytest.mark.parametrize(
    ("asked_about", "treated", "stays"),
    [
        pytest.param([LEFT_CALF], [LEFT_CALF], True, id="the same site"),
        pytest.param([LEFT_CALF], [], True, id="nothing is treated"),
        pytest.param([LEFT_CALF], [LEFT_CALF, LEFT_FOOT], False, id="another site as well"),
        pytest.param([LEFT_CALF], [RIGHT_CALF], False, id="the other side"),
        pytest.param([LEFT_CALF], [BOTH_CALVES], False, id="both sides"),
        pytest.param([RIGHT_CALF], [BOTH_CALVES], False, id="both sides, the right one asked"),
        pytest.param([LEFT_CALF, RIGHT_CALF], [MIDLINE], False, id="between left and right"),
        pytest.param([BOTH_CALVES], [RIGHT_CALF], True, id="one of both sides"),
        pytest.param([LEFT_CALF, RIGHT_CALF], [BOTH_CALVES], True, id="left and right"),
        pytest.param([], [LEFT_FOOT], True, id="not given for some sites only"),
    ],
)
def test_an_answer_holds_while_it_speaks_of_every_site_treated(
    asked_about: list[Site], treated: list[Site], stays: bool
) -> None:
    assert is_answered_for(SKIN, asked_about, treated) is stays


def test_an_answer_about_the_whole_session_holds_whatever_is_treated() -> None:
    assert is_answered_for(FEVER, [LEFT_CALF], [LEFT_FOOT])
