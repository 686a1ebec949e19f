"""A judged change as one plain clinical sentence."""

from clinic_notes.clinical.change.comparable import is_rating_of_change
from clinic_notes.clinical.change.model import JudgedChange, Verdict
from clinic_notes.clinical.readings import reading_text, unit_of
from clinic_notes.clinical.versions.wording import DisplayNames, row_title
from clinic_notes.clinical.wording import joined
from clinic_notes.reference.thresholds import ThresholdKind

_WORDS = {
    Verdict.WORSE: "worse beyond measurement error",
    Verdict.WITHIN_ERROR: "within measurement error",
    Verdict.SMALL: "real but small",
    Verdict.REAL: "beyond measurement error; nothing published says whether it matters",
    Verdict.MEANINGFUL: "clinically meaningful",
    Verdict.NOT_COMPARABLE: "not comparable",
    Verdict.NOT_JUDGED: "not judged",
}
_NO_NAMES = DisplayNames({}, {}, {}, {}, {})


def sentence(judged: JudgedChange) -> str:
    """Return what changed, by how much, since when, its verdict and why.

    "Worst pain in 24 hours 8 to 3 since the start: clinically meaningful (2 points, low back
    pain, consensus)."
    """
    title = row_title(judged.after.row, _NO_NAMES)
    verdict = f"{verdict_text(judged)} ({why_text(judged)})"
    return f"{title} {_values(judged)} {judged.comparison}: {verdict}."


def verdict_text(judged: JudgedChange) -> str:
    """Return the verdict in words; a worsening says whether it is beyond error or matters."""
    found = judged.criterion
    if judged.verdict is Verdict.WORSE and found and found.kind == ThresholdKind.MCID:
        return "worse by as much as matters"
    return _WORDS[judged.verdict]


def _values(judged: JudgedChange) -> str:
    row, unit = judged.after.row, unit_of(judged.after.row)
    after = reading_text(judged.after.value, unit, signed=is_rating_of_change(row))
    if judged.before is None or is_rating_of_change(row):
        return after
    return f"{reading_text(judged.before.value, unit)} to {after}"


def why_text(judged: JudgedChange) -> str:
    """Return the figure that decided and for whom it is valid, or why nothing was judged."""
    criterion = judged.criterion
    if criterion is None:
        return judged.reason
    is_less = judged.verdict in (Verdict.WITHIN_ERROR, Verdict.SMALL)
    return joined(f"less than {criterion.text}" if is_less else criterion.text, criterion.about)
