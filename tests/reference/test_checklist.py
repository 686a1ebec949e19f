"""The 45 items of clinical.md 4.2, the five red flags, and what this project adds."""

from itertools import groupby

import pytest

from clinic_notes.reference.contraindications import (
    checklist,
    contraindications,
    questions,
    red_flags,
)
from clinic_notes.reference.regions import regions
from clinic_notes.reference.terms import Confidence, Reach, Scope, Severity

# key, severity, scope, E = asked every session, F = first visit and review.
PUBLISHED = """
open_wound absolute region E
unhealed_incision absolute region E
sutures_staples absolute region E
skin_infection absolute region E
inflammatory_skin absolute region E
contagious_skin absolute session E
sunburn absolute region E
recent_body_art relative region F
fever_systemic_infection absolute session E
osteomyelitis absolute region F
fracture_unstable absolute region F
fracture_healing relative region F
stress_fracture_suspected relative region F
dvt_or_suspected absolute session E
thrombophlebitis absolute region F
anticoagulant relative session E
bleeding_disorder absolute session F
hypertension_uncontrolled absolute session E
acute_cardiac absolute session F
acute_inflammation relative region E
acute_trauma_rupture absolute region E
hematoma absolute region E
ecchymosis_effusion absolute region E
myositis_ossificans absolute region F
malignancy_local absolute region F
cancer_history relative session F
lymphedema relative region F
varicose_veins relative region F
burn_scar relative region F
fragile_skin relative region F
corticosteroid_injection relative region E
long_term_steroids relative session F
osteoporosis relative session F
ra_active relative region F
autoimmune_ctd relative session F
diabetes relative session F
neuropathy_sensation_loss relative region F
crps relative region F
central_sensitisation relative session F
pregnancy relative session E
pacemaker_pump_implant relative region F
kidney_liver_dysfunction relative session F
cauda_equina_red_flag absolute session E
acute_nerve_compression relative region E
unable_to_consent_or_intolerant absolute session E
"""
TABLE = [tuple(line.split()) for line in PUBLISHED.strip().splitlines()]


PROPOSED = {
    "recent_scar", "radiotherapy", "arterial_disease", "cervical_artery", "fluoroquinolone",
}  # fmt: skip


def test_the_checklist_has_the_published_items_and_those_proposed() -> None:
    assert len(TABLE) == 45
    assert {item.key for item in contraindications} == {key for key, *_ in TABLE} | PROPOSED
    assert len(contraindications) == 45 + len(PROPOSED)


@pytest.mark.parametrize("key", sorted(PROPOSED))
def test_an_item_of_this_project_says_that_it_is_proposed_and_why(key: str) -> None:
    item = contraindications[key]
    assert item.confidence is Confidence.PROPOSED
    assert item.why
    assert "proposed by this project" in item.note


@pytest.mark.parametrize(
    ("key", "severity", "scope", "asked"), TABLE, ids=[key for key, *_ in TABLE]
)
def test_an_item_weighs_what_was_published(key: str, severity: str, scope: str, asked: str) -> None:
    item = contraindications[key]
    assert item.severity is Severity(severity)
    assert item.scope is Scope(scope)
    assert item.every_session is (asked == "E")
    assert item.question.endswith("?")
    assert item.why


def test_the_bundle_has_five_red_flags() -> None:
    assert [flag.key for flag in red_flags] == [
        "red_flag_weight_loss",
        "red_flag_night_pain",
        "red_flag_saddle_bladder_bowel",
        "red_flag_fever_back_pain",
        "red_flag_calf_breathless",
    ]


@pytest.mark.parametrize("flag", red_flags, ids=lambda flag: flag.key)
def test_a_red_flag_stops_the_session_and_is_asked_every_time(flag) -> None:
    assert flag.severity is Severity.ABSOLUTE
    assert flag.scope is Scope.SESSION
    assert flag.every_session
    assert flag.group == "Red flags"


def test_the_checklist_is_both_together_under_one_version() -> None:
    assert {item.key for item in checklist} == {
        item.key for part in (contraindications, red_flags) for item in part
    }
    assert len(checklist) == 50 + len(PROPOSED)
    assert checklist.version == contraindications.version == red_flags.version


def test_three_questions_are_asked_with_another_one() -> None:
    pairs = {item.key: item.asked_with for item in checklist if item.asked_with}
    assert pairs == {
        "red_flag_saddle_bladder_bowel": "cauda_equina_red_flag",
        "red_flag_fever_back_pain": "fever_systemic_infection",
        "red_flag_calf_breathless": "dvt_or_suspected",
    }
    assert {item.key for item in checklist} - {item.key for item in questions} == set(pairs)
    # Only a question about the whole session can count for another one, whatever is treated.
    asked = [checklist[key] for pair in pairs.items() for key in pair]
    assert {(one.scope, one.severity) for one in asked} == {(Scope.SESSION, Severity.ABSOLUTE)}


def test_the_question_about_a_clot_lets_a_known_strain_pass() -> None:
    question = checklist["dvt_or_suspected"].question
    for words in ("no known injury explains", "shortness of breath", "bed rest", "earlier clot"):
        assert words in question


def test_a_clot_speaks_about_the_whole_limb() -> None:
    assert {item.key for item in checklist if item.reach is Reach.LIMB} == {
        "dvt_or_suspected",
        "lymphedema",
        "arterial_disease",
    }


def test_three_items_speak_about_the_neighbouring_regions() -> None:
    assert {item.key for item in checklist if item.reach is Reach.NEIGHBOURS} == {
        "corticosteroid_injection",
        "fracture_unstable",
        "malignancy_local",
    }


def test_every_region_an_item_names_exists() -> None:
    named = {
        region
        for item in checklist
        for names in (
            item.light_regions,
            item.blocked_regions,
            item.asked_before,
            *(stage.blocked_regions for stage in item.stages),
        )
        for region in names
    }
    assert named
    assert named <= {region.key for region in regions}


def test_what_this_project_proposes_says_so() -> None:
    proposed = [item for item in checklist if item.pressure_cap or item.ask or item.blocked_days]
    assert proposed
    assert all("proposed by this project" in item.note for item in proposed)


def test_each_heading_stands_once_on_the_form() -> None:
    headings = [group for group, _ in groupby(checklist, key=lambda item: item.group)]
    assert len(headings) == len(set(headings))


def test_labels_are_short_enough_to_scan_and_not_alike() -> None:
    labels = [item.label for item in checklist]
    assert max(map(len, labels)) <= 40
    assert len(labels) == len(set(labels))
