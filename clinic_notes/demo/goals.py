"""The goals of the demo's episodes: one measured, one in words."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from clinic_notes.clinical.drafts import PainDraft, RomDraft
from clinic_notes.clinical.goals import GoalDraft, measure_key
from clinic_notes.demo.episode_courses import Course
from clinic_notes.reference.terms import AgreedBy, Side

WEEKS = 8
LEAST_PAIN = Decimal(2)


def goal_drafts(course: Course) -> Iterator[GoalDraft]:
    """Yield the goals that are set when the episode of a course opens."""
    complaint, measured = course.complaint, course.complaint.measured[0]
    side = course.side if measured.is_sided else Side.MIDLINE
    motion = RomDraft(measured.movement, side, measured.mode, measured.position)
    for kind, words, measure, detail, target in (
        ("mobility_flexibility", "", measure_key(motion), "", Decimal(measured.goal)),
        (
            "pain",
            "",
            measure_key(PainDraft(complaint.context)),
            complaint.context_detail,
            LEAST_PAIN,
        ),
        ("function", complaint.goals, "", "", None),
    ):
        yield GoalDraft(
            kind=kind,
            words=words,
            measure=measure,
            detail=detail,
            target=target,
            agreed_on=course.opened_on,
            by_on=course.opened_on + timedelta(weeks=WEEKS),
            agreed_by=AgreedBy.PATIENT,
        )
