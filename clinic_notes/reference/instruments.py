"""Materials and edges of instruments, and the makers' systems (clinical.md 1)."""

from dataclasses import dataclass

from clinic_notes.reference.catalogue import Entry, load


@dataclass(frozen=True, kw_only=True)
class Material(Entry):
    """What an instrument is made of, as far as cleaning and allergy depend on it."""

    contains_nickel: bool
    porous: bool | None = None
    """None: it varies from tool to tool, or is not known."""

    @property
    def single_patient(self) -> bool:
        """Say whether a tool of it stays with one patient: porous ones cannot be disinfected."""
        return self.porous is True


@dataclass(frozen=True, kw_only=True)
class Edge(Entry):
    """The outline of the treating edge."""

    use: str


@dataclass(frozen=True, kw_only=True)
class System(Entry):
    """A maker's family of instruments, or a method that goes by a name."""

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
systems = load("systems.toml", System)
models = load("models.toml", Model)
