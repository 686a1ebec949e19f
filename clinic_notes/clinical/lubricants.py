"""Allergens in lubricants and instruments, against the patient's allergies (clinical.md 3.2)."""

import re
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType

from clinic_notes.clinical.drafts import LubricantContents
from clinic_notes.clinical.findings import ChoiceMark, Finding, Level
from clinic_notes.clinical.screening.rulings import LEAST_REASON
from clinic_notes.clinical.spelling.label_words import is_named
from clinic_notes.clinical.wording import in_sentence, listed
from clinic_notes.reference.lubricants import allergens

METAL = "nickel_metal"
"""The group that concerns instruments, not lubricants."""
LEAST_LETTERS = 3
"""Letters a substance's name needs to be looked for: "PG" is on every label."""


@lru_cache(maxsize=256)  # A session uses the same product at many sites, and is checked twice.
def allergens_in(ingredients: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the keys of the allergen groups an ingredient list names, and of those to ask about.

    Words are matched whole, in any spelling; a group that is named is not asked about.
    """
    exact = frozenset(a.key for a in allergens if is_named(ingredients, a.tokens))
    ask = frozenset(a.key for a in allergens if is_named(ingredients, a.ask_tokens))
    return exact, ask - exact


def groups_named(substance: str) -> frozenset[str]:
    """Return the keys of the allergen groups that a substance on the patient's record names.

    "Beeswax" and "almonds" name their group whatever group was chosen for them. A word that is
    only sometimes an allergen names none: an allergy to shea is not one to every nut.
    """
    return allergens_in(" ; ".join(_substances(substance)))[0]


def lubricant_clash(
    product: LubricantContents,
    allergies: Collection[str],
    reactions: Mapping[str, str],
    about: str = "",
    substances: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Finding, ...]:
    """Return the findings against a product for a patient with these allergies (group keys).

    A named allergen blocks the product. A word that is only sometimes the allergen is a caution,
    and so is a product without an ingredient list where the patient has any allergy.
    ``reactions`` are the reactions on record by group, ``substances`` those by the substance's
    own name: that name in the product's name or ingredients blocks as well (clinical.md 3.2).
    """
    asks = {
        "contains": (Level.BLOCK, "Choose another."),
        "may contain": (Level.CAUTION, "Ask before using it."),
    }
    found = []
    for verb, what, reaction in _held(product, allergies, reactions, substances):
        level, then = asks[verb]
        message = f"{product.name} {verb} {_allergy_text(what, reaction)}. {then}"
        found.append(Finding(level, message, about))
    if (allergies or substances) and _is_unlisted(product):
        message = f"{product.name} has no ingredient list, and the patient has allergies."
        found.append(Finding(Level.CAUTION, message, about))
    return tuple(found)


def lubricant_mark(
    product: LubricantContents,
    allergies: Collection[str],
    substances: Collection[str] = (),
) -> tuple[str, bool]:
    """Return what to say beside a product before it is chosen, "" for nothing, and if it is out.

    The product is out where `lubricant_clash` blocks it.
    """
    held = [*_held(product, allergies, {}, dict.fromkeys(substances, ""))]
    named = [what for verb, what, _ in held if verb == "contains"]
    if named:
        return f"contains {listed(named)}", True
    if held:
        return f"may contain {listed([what for _, what, _ in held])}", False
    if (allergies or substances) and _is_unlisted(product):
        return "no ingredient list", False
    return "", False


def _held(
    product: LubricantContents,
    allergies: Collection[str],
    reactions: Mapping[str, str],
    substances: Mapping[str, str],
) -> Iterator[tuple[str, str, str]]:
    """Yield ("contains" or "may contain", allergen, reaction) of what concerns the patient."""
    concerned = [a for a in allergens if a.key in allergies and a.key != METAL]
    exact, ask = allergens_in(product.ingredients)
    exact |= product.allergens
    for allergen in concerned:
        if allergen.key in exact:
            yield "contains", in_sentence(allergen.label), reactions.get(allergen.key, "")
    text = f"{product.name}, {product.ingredients}"
    for substance, reaction in substances.items():
        if is_named(text, _substances(substance)) and not (groups_named(substance) & exact):
            yield "contains", substance, reaction
    for allergen in concerned:
        if allergen.key in ask - exact:
            yield "may contain", in_sentence(allergen.label), reactions.get(allergen.key, "")


def _is_unlisted(product: LubricantContents) -> bool:
    is_listed = bool(product.ingredients.strip() or product.allergens)
    return not is_listed and product.kind != "none"


def metal_clash(
    contains_nickel: bool, allergies: Collection[str], about: str = ""
) -> tuple[Finding, ...]:
    """Return a block where an instrument holds nickel and the patient reacts to metal."""
    if not contains_nickel or METAL not in allergies:
        return ()
    message = "This instrument contains nickel, and the patient reacts to it. Choose another."
    return (Finding(Level.BLOCK, message, about),)


def instrument_marks(
    contains_nickel: Mapping[int, bool], allergies: Collection[str]
) -> tuple[ChoiceMark, ...]:
    """Return the instruments that this patient may not be treated with (group keys)."""
    return tuple(
        ChoiceMark(str(number), "contains nickel", is_out=True)
        for number, is_nickel in contains_nickel.items()
        if metal_clash(is_nickel, allergies)
    )


def lubricant_marks(
    products: Mapping[int, LubricantContents],
    allergies: Collection[str],
    substances: Collection[str] = (),
) -> tuple[ChoiceMark, ...]:
    """Return the products that clash with the patient's allergies, each with the ingredient."""
    found = (
        (number, lubricant_mark(product, allergies, substances))
        for number, product in products.items()
    )
    return tuple(ChoiceMark(str(number), text, is_out) for number, (text, is_out) in found if text)


def safest_first(
    products: Mapping[int, LubricantContents], marks: Collection[ChoiceMark], chosen: int | None
) -> tuple[int, ...]:
    """Return the products as they are offered where any clashes: the nearest safe one first.

    Nearest are those of the kind that was ``chosen``; what may be used with care follows what is
    safe, and what is out comes last.
    """
    if not marks:
        return tuple(products)
    by_key = {mark.key: mark for mark in marks}
    near = products.get(chosen or 0)
    kind = near.kind if near else ""

    def rank(number: int) -> tuple[int, bool]:
        mark = by_key.get(str(number))
        risk = 0 if mark is None else 1 + mark.is_out
        return risk, products[number].kind != kind

    return tuple(sorted(products, key=rank))


def unasked_product(product: LubricantContents, reason: str, about: str) -> tuple[Finding, ...]:
    """Return a refusal of a product for a patient who was not asked about all allergies.

    It is refused where it holds any allergen, or has no ingredient list; ``reason`` is what was
    written why it is used all the same (proposed).
    """
    exact, ask = allergens_in(product.ingredients)
    holds = [allergens.label(key) for key in sorted(exact | ask | product.allergens)]
    if holds:
        why = f"{product.name} contains {listed([*map(in_sentence, holds)])}"
    elif _is_unlisted(product):
        why = f"{product.name} has no ingredient list"
    else:
        return ()
    return _unasked(why, reason, about)


def unasked_metal(contains_nickel: bool, reason: str, about: str) -> tuple[Finding, ...]:
    """Return the same for an instrument that holds nickel."""
    if not contains_nickel:
        return ()
    return _unasked("This instrument contains nickel", reason, about)


def _unasked(why: str, reason: str, about: str) -> tuple[Finding, ...]:
    if len(reason.strip()) >= LEAST_REASON:
        return ()
    message = (
        f"{why}, and the patient was not asked about all allergies. Ask and record "
        "the answer on the patient's page, or write in the remark why it is used all the same, in "
        f"at least {LEAST_REASON} characters."
    )
    return (Finding(Level.REFUSE, message, about),)


def _substances(text: str) -> tuple[str, ...]:
    """Return each substance in the text: "Beeswax, lanolin" are two, and PG is too short."""
    parts = (part.strip(" .?!") for part in re.split(r"[,;/()]|\band\b", text.lower()))
    return tuple(part for part in parts if len(part) >= LEAST_LETTERS)


def _allergy_text(what: str, reaction: str) -> str:
    reaction = reaction.strip()
    allergy = f"{what}; the patient is allergic to it"
    return f"{allergy} ({reaction})" if reaction else allergy
