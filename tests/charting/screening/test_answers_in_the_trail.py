"""A safety answer of a draft does not change without a trace."""

import json
from dataclasses import replace

import pytest
from sqlalchemy import select

from clinic_notes.charting import actions
from clinic_notes.charting.models import Visit
from clinic_notes.charting.visit.load import load_visit
from clinic_notes.charting.visit.queries import WHO
from clinic_notes.clinical.drafts import VisitDraft
from clinic_notes.core.audit import AuditEntry
from clinic_notes.core.db import db
from clinic_notes.reference.terms import Answer
from tests import factories


@pytest.fixture
def visit(acting_as, cast) -> int:
    with acting_as(cast.maya):
        return factories.open_visit(cast.maya).id


@pytest.fixture
def trail(acting_as, cast, visit):
    """Save the visit as changed, and return what the trail says of its answers."""

    def saved(change) -> str:
        with acting_as(cast.maya):
            row = db.session.get_one(Visit, visit, options=WHO)
            stored = load_visit(row).draft
            actions.record_visit(
                row, change(stored), stored=stored, version=row.version, by=cast.maya
            )
        with acting_as(cast.maya):
            newest = select(AuditEntry.facts).order_by(AuditEntry.number.desc()).limit(1)
            return json.loads(db.session.scalars(newest).one())["answers"]

    return saved


def taken_back(draft: VisitDraft) -> VisitDraft:
    first, *others = draft.answers
    return replace(draft, answers=(replace(first, answer=Answer.NOT_ASKED), *others))


def test_an_answer_that_was_changed_stands_in_the_trail_with_what_it_was(trail, visit):
    assert trail(taken_back).endswith(":no>not_asked")


def test_a_save_that_changes_no_answer_says_so(trail):
    assert trail(lambda draft: replace(draft, plan="Rest.")) == ""
