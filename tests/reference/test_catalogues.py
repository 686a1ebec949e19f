"""The catalogues as they are shipped: complete, sourced, and pointing only at what exists."""

from importlib import import_module

import pytest

from clinic_notes.reference.catalogue import DATA, Catalogue, Entry
from clinic_notes.reference.effects import effects, grades
from clinic_notes.reference.instruments import materials, models, systems
from clinic_notes.reference.lubricants import About, allergens, lubricant_kinds
from clinic_notes.reference.measures import measures, mmt_grades
from clinic_notes.reference.pain import pain_scales
from clinic_notes.reference.regions import Region, regions, tissues
from clinic_notes.reference.techniques import strokes
from clinic_notes.reference.terms import Side
from clinic_notes.reference.thresholds import ThresholdKind, thresholds

MODULES = (
    "contraindications",
    "effects",
    "instruments",
    "interventions",
    "lubricants",
    "measures",
    "movements",
    "pain",
    "plan_of_care",
    "regions",
    "techniques",
    "thresholds",
    "timed_codes",
)


def shipped() -> dict[str, Catalogue[Entry]]:
    """Every catalogue a module offers, by the name of its file; the whole, not a part of it."""
    found = (
        value
        for name in MODULES
        for value in vars(import_module(f"clinic_notes.reference.{name}")).values()
        if isinstance(value, Catalogue)
    )
    return {catalogue.name: catalogue for catalogue in sorted(found, key=len)}


def test_every_data_file_is_offered_by_a_module() -> None:
    assert {path.name for path in DATA.iterdir()} == set(shipped())


@pytest.mark.parametrize("catalogue", shipped().values(), ids=shipped())
def test_a_catalogue_says_who_reviewed_it_and_when_again(catalogue: Catalogue[Entry]) -> None:
    assert len(catalogue) > 0
    assert catalogue.review.reviewed < catalogue.review.review_again
    assert catalogue.review.checked_by


@pytest.mark.parametrize("catalogue", shipped().values(), ids=shipped())
def test_no_two_entries_read_alike(catalogue: Catalogue[Entry]) -> None:
    labels = [entry.label for entry in catalogue if entry.retired is None]
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize(
    ("catalogue", "count"),
    [
        pytest.param(regions, 33, id="regions"),
        pytest.param(lubricant_kinds, 11, id="kinds of lubricant"),
        pytest.param(allergens, 25, id="allergen groups"),
        pytest.param(systems, 13, id="systems"),
        pytest.param(materials, 10, id="materials"),
        pytest.param(strokes, 10, id="strokes"),
        pytest.param(effects, 17, id="effects"),
        pytest.param(mmt_grades, 13, id="MMT grades"),
    ],
)
def test_as_many_as_the_reference_lists(catalogue: Catalogue[Entry], count: int) -> None:
    assert len(catalogue) == count


@pytest.mark.parametrize("region", regions, ids=lambda region: region.key)
def test_a_region_points_only_at_what_exists(region: Region) -> None:
    assert region.sides
    assert region.tissues
    assert all(tissue in tissues for tissue in region.tissues)
    assert all(region.key in regions[key].neighbours for key in region.neighbours)
    assert region.key not in region.neighbours
    assert region.limb in ("", "arm", "leg")
    assert region.caution


def test_no_tissue_is_without_a_region() -> None:
    named = {tissue for region in regions for tissue in region.tissues}
    assert {tissue.key for tissue in tissues} == named


def test_the_midline_belongs_to_the_trunk_and_scars_only() -> None:
    assert {region.key for region in regions if Side.MIDLINE in region.sides} == {
        "cervical_post",
        "thoracic",
        "lumbar",
        "sacroiliac",
        "abdomen",
        "scar",
    }


def test_three_regions_are_treated_lightly_only() -> None:
    assert {region.key for region in regions if region.light_only} == {
        "cervical_ant",
        "hip_flexor",
        "popliteal",
    }


def test_a_limb_hangs_together() -> None:
    for limb in ("arm", "leg"):
        whole = {region.key for region in regions if region.limb == limb}
        reached = {min(whole)}
        for _ in whole:
            reached |= {near for key in reached for near in regions[key].neighbours} & whole
        assert reached == whole


def test_every_model_belongs_to_a_system() -> None:
    assert all(model.system in systems for model in models)


def test_porous_materials_stay_with_one_patient() -> None:
    single = {material.key for material in materials if material.single_patient}
    assert single == {"horn_bone", "wood"}


def test_steel_contains_nickel_and_titanium_does_not() -> None:
    assert materials["stainless_steel"].contains_nickel
    assert not materials["titanium"].contains_nickel


def test_allergen_words_are_in_lower_case_and_either_sure_or_to_ask() -> None:
    for allergen in allergens:
        words = allergen.tokens + allergen.ask_tokens
        assert allergen.tokens
        assert all(word == word.strip().lower() != "" for word in words)
        assert len(words) == len(set(words))


def test_nickel_is_met_in_the_instrument() -> None:
    met = {allergen.key for allergen in allergens if allergen.about is About.INSTRUMENT}
    assert met == {"nickel_metal"}


def test_shea_is_asked_about_and_almond_is_not() -> None:
    assert "shea" in allergens["tree_nut"].ask_tokens
    assert "almond" in allergens["tree_nut"].tokens


def test_stroke_angles_lie_between_flat_and_upright() -> None:
    for stroke in strokes:
        assert (stroke.angle_low is None) == (stroke.angle_high is None)
        if stroke.angle_low is not None and stroke.angle_high is not None:
            assert 0 <= stroke.angle_low <= stroke.angle_high <= 90


def test_effect_grades_run_from_none_to_serious() -> None:
    assert [grade.key for grade in grades] == ["0", "1", "2", "3", "4"]
    assert all(effect.least_grade == 0 for effect in effects if effect.expected)
    assert all(str(effect.least_grade) in grades for effect in effects)


def test_muscle_grades_have_one_rank_each_in_order() -> None:
    assert [grade.rank for grade in mmt_grades] == list(range(13))
    assert " ".join(grade.label for grade in mmt_grades) == "0 1 1+ 2- 2 2+ 3- 3 3+ 4- 4 4+ 5"
    assert mmt_grades["4_minus"].rank < mmt_grades["4"].rank < mmt_grades["4_plus"].rank


def test_thresholds_are_of_a_known_scale_and_population() -> None:
    for threshold in thresholds:
        assert threshold.scale in pain_scales or threshold.scale in measures
        assert threshold.population
        assert all(region in regions for region in threshold.regions)


def test_a_percentage_that_may_matter_has_a_floor() -> None:
    for threshold in thresholds:
        is_relative = threshold.percent is not None and threshold.kind is ThresholdKind.MCID
        assert is_relative == (threshold.percent_from > 0)
