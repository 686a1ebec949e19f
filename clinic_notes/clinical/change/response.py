"""Whether a patient responded over an episode, and at which session."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from clinic_notes.clinical.change.comparable import has_value
from clinic_notes.clinical.change.model import Basis, Comparison, Verdict
from clinic_notes.clinical.change.series import SessionRow
from clinic_notes.clinical.change.verdict import judge_change


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
class EpisodeResponse:
    """The verdict from the first reading to the last, the response, and where it was reached."""

    verdict: Verdict
    response: Response
    reached: SessionRow | None = None


def response_of(series: Sequence[SessionRow], basis: Basis | None = None) -> EpisodeResponse | None:
    """Return how one measured thing responded; None where it was never read before treatment.

    A responder's last change since the start is meaningful, and an earlier one was, with the next
    reading not worse. So a patient who is lost after the best session is no responder.
    """
    lasting = [row for row in series if has_value(row.row.before)]
    if not lasting:
        return None
    first, last = lasting[0], lasting[-1]
    if len(lasting) == 1:
        return EpisodeResponse(Verdict.NOT_COMPARABLE, Response.UNPAIRED)
    verdict = _since_start(first, last, basis)
    if verdict in (Verdict.NOT_COMPARABLE, Verdict.NOT_JUDGED, Verdict.REAL):
        return EpisodeResponse(verdict, Response.NOT_JUDGED)
    if verdict is not Verdict.MEANINGFUL:
        return EpisodeResponse(verdict, Response.NOT_RESPONDED)
    for row, following in pairwise(lasting[1:]):
        is_met = _since_start(first, row, basis) is Verdict.MEANINGFUL
        if is_met and not _is_worse(row, following, basis):
            return EpisodeResponse(verdict, Response.RESPONDED, row)
    return EpisodeResponse(verdict, Response.UNKNOWN)


def _since_start(first: SessionRow, last: SessionRow, basis: Basis | None) -> Verdict:
    return judge_change(first.before, last.before, Comparison.SINCE_START, basis).verdict


def _is_worse(row: SessionRow, following: SessionRow, basis: Basis | None) -> bool:
    judged = judge_change(row.before, following.before, Comparison.SINCE_LAST, basis)
    return judged.verdict is Verdict.WORSE
