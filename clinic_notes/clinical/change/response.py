"""Whether a patient responded over an episode, and at which session."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self

from clinic_notes.clinical.change.model import Basis, Comparison, Reading, Verdict
from clinic_notes.clinical.change.verdict import verdict_of


class Response(StrEnum):
    """What an episode shows of one measured thing."""

    RESPONDED = "responded"
    NOT_RESPONDED = "not_responded"
    UNKNOWN = "unknown"
    """Meaningful at the last reading only: nothing later shows whether it lasted."""
    NOT_JUDGED = "not_judged"
    """Nothing published says whether the change matters."""
    UNPAIRED = "unpaired"
    """One reading, so no change."""


@dataclass(frozen=True)
class ReadingsSoFar:
    """All that later readings of one measured thing are judged by, however many there were."""

    first: Reading
    last: Reading
    last_session: int
    """The number of the session of the last reading; numbers grow with the sessions."""
    readings: int = 1
    reached: int | None = None
    """The first session with a meaningful change since the start and no worse reading next."""

    def followed_by(self, reading: Reading, session: int, basis: Basis) -> Self:
        """Return the same with the next reading."""
        reached = self.reached
        if reached is None and self._was_met(basis) and not self._is_worse(reading, basis):
            reached = self.last_session
        return replace(
            self,
            last=reading,
            last_session=session,
            readings=self.readings + 1,
            reached=reached,
        )

    def response(self, basis: Basis) -> tuple[Verdict, Response]:
        """Return the verdict from the first reading to the last, and the response.

        A responder's last change since the start is meaningful, and an earlier one was, with the
        next reading not worse. So a patient who is lost after the best session is no responder.
        """
        if self.readings == 1:
            return Verdict.NOT_COMPARABLE, Response.UNPAIRED
        verdict = self._since_start(basis)
        if verdict in (Verdict.NOT_COMPARABLE, Verdict.NOT_JUDGED, Verdict.REAL):
            return verdict, Response.NOT_JUDGED
        if verdict is not Verdict.MEANINGFUL:
            return verdict, Response.NOT_RESPONDED
        return verdict, Response.UNKNOWN if self.reached is None else Response.RESPONDED

    def _was_met(self, basis: Basis) -> bool:
        return self.readings > 1 and self._since_start(basis) is Verdict.MEANINGFUL

    def _since_start(self, basis: Basis) -> Verdict:
        return verdict_of(self.first, self.last, Comparison.SINCE_START, basis)

    def _is_worse(self, reading: Reading, basis: Basis) -> bool:
        return verdict_of(self.last, reading, Comparison.SINCE_LAST, basis) is Verdict.WORSE
