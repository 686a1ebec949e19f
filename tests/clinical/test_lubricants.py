"""Products and instruments against the patient's allergies (clinical.md 3.2)."""

import pytest

from clinic_notes.clinical.drafts import LubricantContents
from clinic_notes.clinical.findings import Level
from clinic_notes.clinical.lubricants import (
    allergens_in,
    groups_named,
    instrument_marks,
    lubricant_clash,
    lubricant_marks,
    metal_clash,
    safest_first,
    unasked_metal,
    unasked_product,
)
from clinic_notes.reference.lubricants import Allergen, allergens
from tests.clinical.charts import messages

BALM = LubricantContents(
    "Glide balm", "emollient_beeswax", ingredients="Cera Alba, Butyrospermum Parkii"
)
JELLY = LubricantContents("Petroleum jelly", "petroleum_jelly", ingredients="Petrolatum")
UNLISTED = LubricantContents("House oil", "oil")


def test_there_are_25_groups() -> None:
    assert len(allergens) == 25


@pytest.mark.parametrize("group", allergens, ids=lambda group: group.key)
def test_each_group_is_known_by_each_of_its_words(group: Allergen) -> None:
    for word in group.tokens:
        exact, _ = allergens_in(f"Water, {word.upper()}, Glycerin")
        assert group.key in exact
    for word in group.ask_tokens:
        exact, ask = allergens_in(f"water,{word}")
        assert group.key in ask | exact


@pytest.mark.parametrize(
    ("ingredients", "exact", "ask"),
    [
        pytest.param("", set(), set(), id="no list"),
        pytest.param("Aqua; Carbomer", set(), set(), id="nothing known"),
        pytest.param("Cera Alba", {"bee_products"}, set(), id="beeswax by its label name"),
        pytest.param("CERA\n  ALBA", {"bee_products"}, set(), id="broken over two lines"),
        pytest.param("Shea butter", set(), {"tree_nut"}, id="shea is only asked about"),
        pytest.param("almond, shea", {"tree_nut"}, set(), id="named, so not asked"),
        pytest.param("fragrance-free, nut free", set(), set(), id="said to be free of it"),
        pytest.param("Bees wax", {"bee_products"}, set(), id="in two words"),
        pytest.param("bees\u2011wax", {"bee_products"}, set(), id="with a hyphen"),
        pytest.param("Bee-Wax", {"bee_products"}, set(), id="the singular, in two words"),
        pytest.param("methyl paraben", {"parabens"}, set(), id="a chemical name in parts"),
        pytest.param("walnuts", {"tree_nut"}, set(), id="the plural on a label"),
        pytest.param("cera, alba", set(), set(), id="two ingredients are no name of one"),
        pytest.param("bees-wax free", set(), set(), id="free of it, in parts"),
        pytest.param("nickelodeon", set(), set(), id="the start of a word is not the word"),
        pytest.param("methylpropanediol", set(), set(), id="the end of a word is not the word"),
    ],
)
def test_what_a_list_names(ingredients: str, exact: set[str], ask: set[str]) -> None:
    assert allergens_in(ingredients) == (exact, ask)


def test_a_named_allergen_blocks_the_product_and_tells_the_reaction() -> None:
    (found,) = lubricant_clash(
        BALM, {"bee_products"}, {"bee_products": "contact rash 2021"}, "uses-0"
    )
    assert (found.level, found.about) == (Level.BLOCK, "uses-0")
    assert found.message == (
        "Glide balm contains bee products (beeswax, honey, propolis); "
        "the patient is allergic to it (contact rash 2021). Choose another."
    )


def test_a_word_that_may_be_the_allergen_asks() -> None:
    (found,) = lubricant_clash(BALM, {"tree_nut"}, {})
    assert found.level is Level.CAUTION
    assert found.message == (
        "Glide balm may contain tree nuts; the patient is allergic to it. Ask before using it."
    )


@pytest.mark.parametrize(
    ("product", "allergies", "levels"),
    [
        pytest.param(JELLY, {"bee_products"}, [], id="nothing in it"),
        pytest.param(BALM, set(), [], id="no allergies"),
        pytest.param(UNLISTED, {"bee_products"}, [Level.CAUTION], id="no ingredient list"),
        pytest.param(UNLISTED, {"nickel_metal"}, [Level.CAUTION], id="no list, metal allergy"),
        pytest.param(UNLISTED, set(), [], id="no list, no allergy"),
        pytest.param(LubricantContents("Dry", "none"), {"soy"}, [], id="dry"),
        pytest.param(
            LubricantContents("Coded", "oil", frozenset({"soy"})),
            {"soy"},
            [Level.BLOCK],
            id="coded by hand",
        ),
        pytest.param(
            LubricantContents("Both", "oil", frozenset({"tree_nut"}), "shea"),
            {"tree_nut"},
            [Level.BLOCK],
            id="coded and asked about says it once",
        ),
    ],
)
def test_a_clash(product: LubricantContents, allergies: set[str], levels: list[Level]) -> None:
    assert [finding.level for finding in lubricant_clash(product, allergies, {})] == levels


@pytest.mark.parametrize(
    ("substance", "groups"),
    [
        pytest.param("beeswax", {"bee_products"}, id="as labels say it"),
        pytest.param("Beeswax (balm of 2021)", {"bee_products"}, id="with more in brackets"),
        pytest.param("Almonds", {"tree_nut"}, id="the plural"),
        pytest.param("lanolin and peanuts", {"lanolin_wool", "peanut"}, id="two in one line"),
        pytest.param("Almond oil", {"tree_nut"}, id="part of the name"),
        pytest.param("nickel", {"nickel_metal"}, id="metal"),
        pytest.param("Bees wax", {"bee_products"}, id="in two words"),
        pytest.param("Bees-wax", {"bee_products"}, id="with a hyphen"),
        pytest.param("bee wax", {"bee_products"}, id="the singular, in two words"),
        pytest.param("BEES\u200bWAX", {"bee_products"}, id="with what nobody sees"),
        pytest.param("Shea butter", set(), id="only sometimes a nut"),
        pytest.param("Penicillin", set(), id="nothing a label says"),
        pytest.param("", set(), id="no words"),
    ],
)
def test_the_words_on_the_record_name_their_group(substance: str, groups: set[str]) -> None:
    assert groups_named(substance) == groups


@pytest.mark.parametrize(
    ("product", "substance", "levels"),
    [
        pytest.param(BALM, "Butyrospermum parkii", [Level.BLOCK], id="among the ingredients"),
        pytest.param(BALM, "glide balm", [Level.BLOCK], id="the product itself"),
        pytest.param(BALM, "lid", [], id="only part of a word"),
        pytest.param(BALM, "PG", [], id="too short to be a name"),
        pytest.param(JELLY, "Tea extract; petrolatum", [Level.BLOCK], id="the second of two"),
        pytest.param(JELLY, "Penicillin", [], id="not in it"),
        pytest.param(UNLISTED, "Penicillin", [Level.CAUTION], id="no ingredient list"),
        pytest.param(
            LubricantContents("Latex-free gel", "gel", ingredients="Aqua"), "Latex", [], id="free"
        ),
    ],
)
def test_what_the_record_calls_it_is_looked_for(
    product: LubricantContents, substance: str, levels: list[Level]
) -> None:
    found = lubricant_clash(product, (), {}, "uses-0", {substance: "hives"})
    assert [finding.level for finding in found] == levels
    assert all("(hives)" in f.message for f in found if f.level is Level.BLOCK)


def test_what_its_group_says_is_said_once() -> None:
    (found,) = lubricant_clash(BALM, {"bee_products"}, {}, "", {"Cera alba": ""})
    assert "bee products" in found.message


@pytest.mark.parametrize(
    ("contains_nickel", "allergies", "is_blocked"),
    [
        (True, {"nickel_metal"}, True),
        (False, {"nickel_metal"}, False),
        (True, {"latex"}, False),
    ],
)
def test_metal(contains_nickel: bool, allergies: set[str], is_blocked: bool) -> None:
    found = metal_clash(contains_nickel, allergies)
    assert [finding.level for finding in found] == [Level.BLOCK] * is_blocked
    assert all("nickel" in message for message in messages(found))


@pytest.mark.parametrize(
    ("product", "said"),
    [
        pytest.param(
            LubricantContents("Bee balm", "emollient_beeswax", ingredients="Cera alba"),
            "Bee balm contains bee products (beeswax, honey, propolis), and the patient was",
            id="an allergen",
        ),
        pytest.param(
            LubricantContents("Shea", "cream", ingredients="Butyrospermum parkii"),
            "Shea contains tree nuts, and the patient was not asked",
            id="what is sometimes an allergen",
        ),
        pytest.param(
            LubricantContents("Old jar", "cream"),
            "Old jar has no ingredient list, and the patient was not asked",
            id="no ingredient list",
        ),
        pytest.param(LubricantContents("Dry", "none"), "", id="nothing on the skin"),
        pytest.param(
            LubricantContents("Jelly", "petroleum_jelly", ingredients="Petrolatum"),
            "",
            id="no allergen",
        ),
    ],
)
def test_a_product_for_somebody_who_was_not_asked_about_allergies(
    product: LubricantContents, said: str
) -> None:
    found = unasked_product(product, "nine char", "uses-0-lubricant_id")
    assert [f.message.startswith(said) for f in found] == [True] * bool(said)
    assert {(f.level, f.about) for f in found} <= {(Level.REFUSE, "uses-0-lubricant_id")}
    assert unasked_product(product, "ten chars.", "uses-0-lubricant_id") == ()


def test_a_nickel_tool_for_somebody_who_was_not_asked_about_allergies() -> None:
    (found,) = unasked_metal(True, "   ten not   ", "uses-0-instrument_id")
    assert found.message == (
        "This instrument contains nickel, and the patient was not asked about all allergies. Ask "
        "and record the answer on the patient's page, or write in the remark why it is used all "
        "the same, in at least 10 characters."
    )
    assert unasked_metal(False, "", "uses-0-instrument_id") == ()
    assert unasked_metal(True, "wears steel daily", "uses-0-instrument_id") == ()


SHELF = {
    1: LubricantContents("Jelly", "petrolatum", ingredients="petrolatum"),
    2: LubricantContents("Balm", "emollient_beeswax", ingredients="cera alba, sunflower oil"),
    3: LubricantContents("Soft balm", "emollient_beeswax", ingredients="marula oil"),
    4: LubricantContents("Unlabelled", "petrolatum"),
}


@pytest.mark.parametrize(
    ("groups", "substances", "expected"),
    [
        pytest.param((), (), {}, id="no allergy"),
        pytest.param(
            ("bee_products",),
            (),
            {
                "2": ("contains bee products (beeswax, honey, propolis)", True),
                "4": ("no ingredient list", False),
            },
            id="to beeswax",
        ),
        pytest.param(
            (),
            ("marula",),
            {
                "3": ("contains marula", True),
                "4": ("no ingredient list", False),
            },
            id="in the patient's own words",
        ),
    ],
)
def test_a_product_is_marked_before_it_is_chosen(
    groups: tuple[str, ...], substances: tuple[str, ...], expected: dict[str, tuple[str, bool]]
) -> None:
    marks = lubricant_marks(SHELF, groups, substances)
    assert {mark.key: (mark.text, mark.is_out) for mark in marks} == expected
    # Marked as out is what is refused once it is chosen, and nothing else.
    out = {mark.key for mark in marks if mark.is_out}
    for number, product in SHELF.items():
        found = lubricant_clash(product, groups, {}, substances=dict.fromkeys(substances, ""))
        assert (str(number) in out) == any(f.level is Level.BLOCK for f in found)


@pytest.mark.parametrize(
    ("chosen", "order"), [(None, (1, 3, 4, 2)), (1, (1, 3, 4, 2)), (2, (3, 1, 4, 2))]
)
def test_the_nearest_safe_product_comes_first(chosen: int | None, order: tuple[int, ...]) -> None:
    marks = lubricant_marks(SHELF, ("bee_products",))
    assert safest_first(SHELF, marks, chosen) == order
    assert safest_first(SHELF, (), chosen) == tuple(SHELF)


def test_an_instrument_with_nickel_is_marked_for_whom_it_harms() -> None:
    (mark,) = instrument_marks({1: False, 2: True}, {"nickel_metal"})
    assert mark == ("2", "contains nickel", True)
    assert instrument_marks({2: True}, ()) == ()
