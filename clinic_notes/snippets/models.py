"""The table of text snippets."""

from sqlalchemy import String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from clinic_notes.core.db import Base
from clinic_notes.core.tenancy import OwnedByClinic, child_of, owned
from clinic_notes.snippets.rules import LONGEST_NAME


class TextSnippet(OwnedByClinic, Base):
    """A text under a name. It is part of no record: notes hold what was inserted, as text."""

    __tablename__ = "text_snippet"
    __table_args__ = owned(
        child_of("user", "owner_id"),
        UniqueConstraint("clinic_id", "owner_id", "name"),
    )

    owner_id: Mapped[int | None]
    """Whose it is alone, None for one of the clinic."""
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    text: Mapped[str] = mapped_column(Text)
    are_instructions: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": version}

    @property
    def is_shared(self) -> bool:
        """Say whether the whole clinic may insert it."""
        return self.owner_id is None
