"""What changed over an episode, each change judged (clinical.change)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from clinic_notes.clinical.change import (
    Basis,
    Comparison,
    Criterion,
    JudgedChange,
    Reading,
    SessionRow,
    Verdict,
    by_measured_thing,
    judged_changes,
    verdict_text,
    why_text,
)
from clinic_notes.clinical.drafts import RomDraft
from clinic_notes.clinical.readings import marked_text, reading_text, unit_of
from clinic_notes.clinical.versions.wording import DisplayNames, row_title
from clinic_notes.clinical.wording import in_sentence, joined
from clinic_notes.reference.movements import devices, joint_positions

MOST_TILES = 4
TONES = {
    Verdict.WORSE: "worse",
    Verdict.WITHIN_ERROR: "even",
    Verdict.SMALL: "even",
    Verdict.REAL: "better",
    Verdict.MEANINGFUL: "better",
}
"""How a verdict that says something is coloured; the words say it too."""
_NO_NAMES = DisplayNames({}, {}, {}, {}, {})


@dataclass(frozen=True)
class ShownChange:
    """A judged change in words."""

    values: str
    """``8 → 2``, or why there is none."""
    verdict: str
    why: str
    tone: str
    """``worse``, ``even``, ``better``, or "" where nothing is judged."""


@dataclass(frozen=True)
class ChangeLine:
    """One measured thing of an episode: where it began, where it is, what that means."""

    label: str
    how: str
    series: tuple[SessionRow, ...]
    """The sessions that measured it before treatment, the earliest first."""
    judged: dict[Comparison, JudgedChange]

    @property
    def since_start(self) -> ShownChange | None:
        """The change from the first reading to the latest."""
        return _shown(self.judged.get(Comparison.SINCE_START))

    @property
    def since_last(self) -> ShownChange | None:
        """The change between the last two readings."""
        return _shown(self.judged.get(Comparison.SINCE_LAST))

    @property
    def within_session(self) -> ShownChange | None:
        """The change from before to after treatment in the latest session."""
        return _shown(self.judged.get(Comparison.WITHIN_SESSION))

    @property
    def first_text(self) -> str:
        """The first reading before treatment."""
        return _text(self.series[0])

    @property
    def latest_text(self) -> str:
        """The latest reading before treatment."""
        return _text(self.series[-1])


@dataclass(frozen=True)
class Changes:
    """All that was measured in an episode."""

    lines: tuple[ChangeLine, ...] = ()

    @property
    def tiles(self) -> list[ChangeLine]:
        """At most four lines whose change since the start is judged, the worst first."""
        order = list(TONES)
        found = [
            (order.index(judged.verdict), line)
            for line in self.lines
            if (judged := line.judged.get(Comparison.SINCE_START)) and judged.verdict in order
        ]
        return [line for _, line in sorted(found, key=lambda pair: pair[0])[:MOST_TILES]]

    @property
    def criteria(self) -> list[Criterion]:
        """The published figures that decided, each once."""
        used = (j.criterion for line in self.lines for j in line.judged.values() if j.criterion)
        return [*{criterion.key: criterion for criterion in used}.values()]


def changes_of(rows: Iterable[SessionRow], region: str) -> Changes:
    """Return what changed of each thing that was measured before treatment.

    ``rows`` are those of the signed sessions of an episode about ``region``.
    """
    basis = Basis(region=region)
    found = (_line(series, basis) for series in by_measured_thing(rows))
    return Changes(tuple(line for line in found if line.series))


def _line(series: Sequence[SessionRow], basis: Basis) -> ChangeLine:
    row = series[-1].row
    return ChangeLine(
        label=row_title(row, _NO_NAMES),
        how=_how(row) if isinstance(row, RomDraft) else "",
        series=tuple(one for one in series if not one.row.before.is_blank),
        judged={judged.comparison: judged for judged in judged_changes(series, basis)},
    )


def _how(row: RomDraft) -> str:
    position = in_sentence(joint_positions.label(row.position)) if row.position else ""
    return joined(position, in_sentence(devices.label(row.device)) if row.device else "")


def _text(one: SessionRow) -> str:
    return _in_words(one.before)


def _in_words(reading: Reading) -> str:
    text = reading_text(reading.value, unit_of(reading.row))
    return marked_text(text, is_corrected=reading.is_corrected, by_patient=reading.value.by_patient)


def _shown(judged: JudgedChange | None) -> ShownChange | None:
    if judged is None:
        return None
    verdict, _, qualification = verdict_text(judged).partition("; ")
    before, after = judged.before, _in_words(judged.after)
    return ShownChange(
        values=f"{_in_words(before)} → {after}" if before else after,
        verdict=verdict,
        why=joined(why_text(judged), qualification),
        tone=TONES.get(judged.verdict, ""),
    )
