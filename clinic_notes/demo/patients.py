"""Invented people. Any resemblance to a real patient is chance."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from clinic_notes.patients.drafts import AllergiesAsked, AllergyDraft, ConditionDraft, PatientDraft
from clinic_notes.reference.lubricants import allergens
from clinic_notes.reference.terms import Sex

FEMALE = (
    "Adaeze", "Beatriz", "Carmen", "Dilara", "Elin", "Farida", "Greta", "Hana", "Imani", "Joana",
    "Keiko", "Leila", "Miriam", "Noor", "Olive", "Priya", "Ruth", "Solveig", "Thandi", "Wanda",
)  # fmt: skip
MALE = (
    "Anders", "Bashir", "Cormac", "Dmitri", "Emeka", "Felipe", "Goran", "Hiro", "Idris", "Jamal",
    "Kofi", "Luca", "Mateus", "Nikhil", "Oscar", "Pavel", "Rashid", "Stellan", "Tomasz", "Walter",
)  # fmt: skip
FAMILY = (
    "Abernathy", "Brandt", "Castellano", "Dube", "Eriksen", "Fontaine", "Gallagher", "Haddad",
    "Ivanova", "Jimenez", "Kowalski", "Lemaire", "Mbeki", "Novak", "O'Brien", "Park", "Quintero",
    "Rossi", "Silva", "Tanaka", "Umarov", "van Dijk", "Whitfield", "Yilmaz", "Zielinski",
)  # fmt: skip
WORK = (
    "Primary school teacher", "Line cook", "Long-distance driver", "Software tester", "Carpenter",
    "Nurse, night shifts", "Violinist", "Gardener", "Warehouse work", "Accountant", "Hairdresser",
    "Amateur runner, office work", "Firefighter", "Coach, plays volleyball", "Postal worker",
)  # fmt: skip


@dataclass(frozen=True)
class Health:
    """A patient's allergies and conditions."""

    allergies: tuple[AllergyDraft, ...] = ()
    conditions: tuple[ConditionDraft, ...] = ()
    is_asked: bool = True

    @property
    def answer(self) -> AllergiesAsked:
        """Return the answer to the question about allergies."""
        if not self.is_asked:
            return AllergiesAsked.NOT_ASKED
        return AllergiesAsked.YES if self.allergies else AllergiesAsked.NO

    @property
    def allergens(self) -> frozenset[str]:
        """Return the keys of the allergen groups to avoid: all of them where nobody asked."""
        if not self.is_asked:
            return frozenset(allergen.key for allergen in allergens)
        return frozenset(allergy.allergen for allergy in self.allergies)

    @property
    def items(self) -> frozenset[str]:
        """Return the keys of the checklist items the patient answers with yes."""
        return frozenset(condition.item for condition in self.conditions)


WELL = Health()
UNUSUAL = (
    Health(allergies=(AllergyDraft("bee_products", "Beeswax", "contact rash"),)),
    Health(conditions=(ConditionDraft("Apixaban", "anticoagulant"),)),
    Health(is_asked=False),
    Health(conditions=(ConditionDraft("Type 2 diabetes", "diabetes"),)),
    Health(allergies=(AllergyDraft("nickel_metal", "Nickel", "itching under jewellery"),)),
    Health(
        allergies=(AllergyDraft("tree_nut", "Almond oil", "hives"),),
        conditions=(ConditionDraft("Osteoporosis", "osteoporosis"),),
    ),
)


def invent(
    rng: Random, number: int, health: Health, today: date, youngest: int = 19
) -> PatientDraft:
    """Return an invented patient, up to 78 years old; numbers begin at R-1001."""
    sex = rng.choice((Sex.FEMALE, Sex.MALE))
    age_in_days = rng.randint(youngest * 366, 78 * 365)
    is_retired = age_in_days > 66 * 365
    return PatientDraft(
        given_name=rng.choice(FEMALE if sex is Sex.FEMALE else MALE),
        family_name=rng.choice(FAMILY),
        born_on=today - timedelta(days=age_in_days),
        sex=sex,
        mrn=f"R-{1000 + number}",
        phone=f"555-01{rng.randint(0, 99):02d}",
        background="Retired, walks every day" if is_retired else rng.choice(WORK),
        has_allergies=health.answer,
        allergies=health.allergies,
        conditions=health.conditions,
    )
