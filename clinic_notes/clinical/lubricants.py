"""Allergens in lubricants and instruments, against the patient's allergies (clinical.md 3.2)."""

import re
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType

from clinic_notes.clinical.drafts import LubricantContents
from clinic_notes.clinical.findings import Finding, Level
from clinic_notes.clinical.screening.rulings import LEAST_REASON
from clinic_notes.clinical.wording import capitalized, in_sentence, listed
from clinic_notes.reference.lubricants import Allergen, allergens

METAL = "nickel_metal"
"""The group that concerns instruments, not lubricants."""
LEAST_LETTERS = 3
"""Letters a substance's name needs to be looked for: "PG" is on every label."""


@lru_cache(maxsize=256)  # A session uses the same product at many sites, and is checked twice.
def allergens_in(ingredients: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the keys of the allergen groups an ingredient list names, and of those to ask about.

    Words are matched whole, in capitals or not; a group that is named is not asked about.
    """
    text = _plain(ingredients)
    exact = frozenset(a.key for a in allergens if _names(text, a.tokens))
    ask = frozenset(a.key for a in allergens if _names(text, a.ask_tokens))
    return exact, ask - exact


def groups_named(substance: str) -> frozenset[str]:
    """Return the keys of the allergen groups that a substance on the patient's record names.

    "Beeswax" and "almonds" name their group whatever group was chosen for them. A word that is
    only sometimes an allergen names none: an allergy to shea is not one to every nut.
    """
    return allergens_in(" ; ".join(_spellings(substance)))[0]


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
    concerned = [a for a in allergens if a.key in allergies and a.key != METAL]
    exact, ask = allergens_in(product.ingredients)
    exact |= product.allergens
    blocks = [
        Finding(
            Level.BLOCK,
            f"{product.name} contains {_allergy(allergen, reactions)}. Choose another.",
            about,
        )
        for allergen in concerned
        if allergen.key in exact
    ]
    asks = [
        Finding(
            Level.CAUTION,
            f"{product.name} may contain {_allergy(allergen, reactions)}. Ask before using it.",
            about,
        )
        for allergen in concerned
        if allergen.key in ask - exact
    ]
    text = _plain(f"{product.name}, {product.ingredients}")
    blocks += [
        Finding(
            Level.BLOCK,
            f"{product.name} contains {_allergy_text(substance, reaction)}. Choose another.",
            about,
        )
        for substance, reaction in substances.items()
        if _names(text, _spellings(substance)) and not (groups_named(substance) & exact)
    ]
    is_unlisted = not product.ingredients.strip() and not product.allergens
    if (allergies or substances) and is_unlisted and product.kind != "none":
        message = f"{product.name} has no ingredient list, and the patient has allergies."
        asks.append(Finding(Level.CAUTION, message, about))
    return (*blocks, *asks)


def metal_clash(
    contains_nickel: bool, allergies: Collection[str], about: str = ""
) -> tuple[Finding, ...]:
    """Return a block where an instrument holds nickel and the patient reacts to metal."""
    if not contains_nickel or METAL not in allergies:
        return ()
    message = "This instrument contains nickel, and the patient reacts to it. Choose another."
    return (Finding(Level.BLOCK, message, about),)


def unasked_product(product: LubricantContents, reason: str, about: str) -> tuple[Finding, ...]:
    """Return a refusal of a product for a patient who was not asked about all allergies.

    It is refused where it holds any allergen, or has no ingredient list; ``reason`` is what was
    written why it is used all the same (proposed).
    """
    exact, ask = allergens_in(product.ingredients)
    holds = [allergens.label(key) for key in sorted(exact | ask | product.allergens)]
    if holds:
        why = f"{product.name} contains {listed([*map(in_sentence, holds)])}"
    elif not product.ingredients.strip() and product.kind != "none":
        why = f"{product.name} has no ingredient list"
    else:
        return ()
    return _unasked(why, reason, about)


def unasked_metal(contains_nickel: bool, reason: str, about: str) -> tuple[Finding, ...]:
    """Return the same for an instrument that holds nickel."""
    if not contains_nickel:
        return ()
    return _unasked("this instrument contains nickel", reason, about)


def _unasked(why: str, reason: str, about: str) -> tuple[Finding, ...]:
    if len(reason.strip()) >= LEAST_REASON:
        return ()
    message = (
        f"{capitalized(why)}, and the patient was not asked about all allergies. Ask and record "
        "the answer on the patient's page, or write in the remark why it is used all the same, in "
        f"at least {LEAST_REASON} characters."
    )
    return (Finding(Level.REFUSE, message, about),)


def _plain(text: str) -> str:
    return " ".join(text.lower().split())


def _spellings(substance: str) -> tuple[str, ...]:
    """Return each substance in the text, as written and in the singular: a label says almond.

    "Beeswax, lanolin" are two. Fewer than three letters are no name.
    """
    parts = (part.strip(" .?!") for part in re.split(r"[,;/()]|\band\b", _plain(substance)))
    written = [part for part in parts if len(part) >= LEAST_LETTERS]
    return tuple(dict.fromkeys([*written, *(re.sub(r"(?<=\w\w\w)s\b", "", p) for p in written)]))


def _names(text: str, words: Iterable[str]) -> bool:
    # (?<!\w) and not \b: a word may begin or end with something that is no letter.
    end = r"(?!\w|[- ]free\b)"
    return any(re.search(rf"(?<!\w){re.escape(word)}{end}", text) for word in words)


def _allergy(allergen: Allergen, reactions: Mapping[str, str]) -> str:
    return _allergy_text(in_sentence(allergen.label), reactions.get(allergen.key, ""))


def _allergy_text(what: str, reaction: str) -> str:
    reaction = reaction.strip()
    allergy = f"{what}; the patient is allergic to it"
    return f"{allergy} ({reaction})" if reaction else allergy
