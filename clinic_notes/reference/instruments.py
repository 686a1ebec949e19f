"""Materials and edges of instruments, and the makers' systems (clinical.md 1)."""

from dataclasses import dataclass

from clinic_notes.reference.catalogue import Entry, load


@dataclass(frozen=True, kw_only=True)
class Material(Entry):
    """A material of instruments, as far as cleaning and allergies depend on it."""

    contains_nickel: bool
    porous: bool | None = None
    """None where it varies between instruments, or is unknown."""

    @property
    def single_patient(self) -> bool:
        """Say whether an instrument of it is for one patient: porous ones cannot be disinfected."""
        return self.porous is True


@dataclass(frozen=True, kw_only=True)
class Edge(Entry):
    """The outline of the treating edge."""

    use: str


@dataclass(frozen=True, kw_only=True)
class System(Entry):
    """A maker's family of instruments, or a named method."""

    material: str
    facts: str = ""


@dataclass(frozen=True, kw_only=True)
class Model(Entry):
    """One instrument of a system."""

    system: str
    edge: str = ""


materials = load("materials.toml", Material)
edges = load("edges.toml", Edge)
bevels = load("bevels.toml", Entry)
contact_sizes = load("contact_sizes.toml", Entry)
grips = load("grips.toml", Entry)
systems = load("instrument_systems.toml", System)
models = load("instrument_models.toml", Model)
