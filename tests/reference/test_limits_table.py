"""The degrees outside which an entry is refused, against the table of clinical.md 7.2.

The table is written here by hand from the reference, not read from the catalogue.
"""

import pytest

from clinic_notes.reference.movements import movements

TABLE = """\
cervical_flexion 0..90
cervical_extension 0..100
cervical_lateral_flexion 0..75
cervical_rotation 0..110
thoracic_flexion 0..80
thoracic_rotation 0..75
lumbar_flexion 0..120
lumbar_extension 0..70
lumbar_lateral_flexion 0..60
lumbar_rotation 0..70
shoulder_flexion 0..200
shoulder_extension 0..90
shoulder_abduction 0..200
shoulder_internal_rotation 0..120
shoulder_external_rotation 0..140
shoulder_horizontal_adduction 0..160
shoulder_horizontal_abduction 0..70
shoulder_adduction 0..75
elbow_flexion 0..170
elbow_extension -90..20
forearm_pronation 0..110
forearm_supination 0..110
wrist_flexion 0..110
wrist_extension 0..100
wrist_radial_deviation 0..45
wrist_ulnar_deviation 0..60
finger_mcp_flexion 0..110
finger_mcp_extension -20..60
finger_pip_flexion 0..130
finger_pip_extension -90..30
finger_dip_flexion 0..110
finger_dip_extension -90..40
thumb_cmc_flexion 0..40
thumb_cmc_abduction 0..90
thumb_cmc_extension 0..80
thumb_mcp_flexion 0..90
thumb_ip_flexion 0..110
hip_flexion 0..160
hip_extension -30..50
hip_abduction 0..80
hip_adduction 0..60
hip_internal_rotation 0..80
hip_external_rotation 0..90
knee_flexion 0..170
knee_extension -60..20
ankle_dorsiflexion -30..45
ankle_plantarflexion 0..80
foot_inversion 0..60
foot_eversion 0..40
toe1_extension 0..110
toe1_flexion 0..60
"""
ROWS = dict(line.split() for line in TABLE.splitlines())


@pytest.mark.parametrize(("key", "limits"), ROWS.items(), ids=ROWS)
def test_the_limits_are_those_of_the_reference(key: str, limits: str) -> None:
    movement = movements[key]
    assert f"{movement.hard_min}..{movement.hard_max}" == limits


def test_no_movement_is_without_a_row_of_the_table() -> None:
    assert [movement.key for movement in movements if movement.key not in ROWS] == []
