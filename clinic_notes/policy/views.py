"""Views of the safety check's guide and of the clinic's policy."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from clinic_notes.clinical.findings import Refused
from clinic_notes.clinical.policy import (
    ClinicPolicy,
    ItemPolicy,
    Part,
    questions_under,
    stricter_options,
)
from clinic_notes.clinical.policy.guide import REVIEW, guide
from clinic_notes.clinical.policy.listing import COLUMNS, Groups, count, listing, stricter
from clinic_notes.clinical.policy.stored import changes_from_text
from clinic_notes.clinical.policy.wording import TITLES, value_in_words
from clinic_notes.core.access import needs
from clinic_notes.core.display import today
from clinic_notes.core.forms.base import VersionedForm
from clinic_notes.core.forms.record_form import attempt
from clinic_notes.core.permissions import Permission
from clinic_notes.core.responses.conflict import conflict_page
from clinic_notes.policy import actions, queries
from clinic_notes.policy.forms import ItemForm, ItemInForce, ReviewForm
from clinic_notes.policy.models import PolicyReview, PolicyVersion
from clinic_notes.reference.contraindications import questions

DONE = 303

blueprint = Blueprint("policy", __name__, url_prefix="/safety-check")


@dataclass(frozen=True)
class InForce:
    """The list of questions in force, and the review of it, if any."""

    policy: ClinicPolicy
    groups: Groups
    review: PolicyReview | None

    @classmethod
    def fetch(cls) -> Self:
        """Return the list of today."""
        policy = queries.policy_in_force(current_user.clinic.time_zone)
        groups = listing(questions_under(policy), today())
        return cls(policy, groups, queries.review_of(policy))

    @property
    def count(self) -> int:
        """How many questions there are."""
        return count(self.groups)

    @property
    def stricter(self) -> int:
        """How many of them the clinic made stricter."""
        return stricter(self.groups)


@blueprint.get("")
@needs(Permission.CHART_READ)
def show_guide() -> ResponseReturnValue:
    """Show therapists what the safety check does and does not do, with every question."""
    return render_template(
        "policy/guide.html",
        guide=guide,
        catalogue=REVIEW,
        in_force=InForce.fetch(),
        columns=COLUMNS,
    )


@blueprint.get("/policy")
@needs(Permission.CLINICAL_POLICY)
def show() -> ResponseReturnValue:
    """Show every question with what is in force, its history and reviews; prints for sign-off."""
    return _page(InForce.fetch())


@blueprint.route("/policy/questions/<item>", methods=["GET", "POST"])
@needs(Permission.CLINICAL_POLICY)
def change_item(item: str) -> ResponseReturnValue:
    """Make one question stricter than the catalogue, with a reason, or as the catalogue has it."""
    question = questions.find(item)
    if question is None or not question.is_current(today()):
        abort(404)
    policy = queries.policy_in_force(current_user.clinic.time_zone)
    form = ItemForm.of(ItemInForce(question, policy.find(item), policy.version))

    def save(own: ItemPolicy, _: ItemPolicy | None, version: int) -> None:
        actions.change_item(own, reason=form.reason.value, version=version, by=current_user)

    done = attempt(form, save)
    if done.conflict:
        return conflict_page(form, done.conflict, question.label), done.status
    if not done.is_saved:
        return _item_page(item, form, policy), done.status
    flash(f"Version {policy.version + 1} of the policy is in force. It needs a review.")
    return redirect(url_for(".show"), DONE)


@blueprint.post("/policy/reviews")
@needs(Permission.CLINICAL_POLICY)
def record_review() -> ResponseReturnValue:
    """Record that a clinician reviewed the list in force."""
    in_force = InForce.fetch()
    form = ReviewForm.of(in_force.policy.version, today())

    def record() -> None:
        actions.record_review(form.draft(), version=form.version_seen, by=current_user)

    status = _attempt(record, form, in_force.policy)
    if status != DONE:
        return _page(in_force, form), status
    flash("The review is recorded.")
    return redirect(url_for(".show"), DONE)


def _attempt(act: Callable[[], None], form: VersionedForm, policy: ClinicPolicy) -> int:
    """Do what a form asks for; return DONE, or the status of the page that says why not."""
    if not form.validate():
        return 422
    try:
        act()
    except Refused as refused:
        for finding in refused.findings:
            form.add_error(finding.about, finding.message)
        return 422
    except actions.PolicyChanged:
        form.catch_up(policy.version)
        form.add_error("", "The policy was changed after you opened this page. Look again.")
        return 409
    return DONE


def _page(in_force: InForce, form: ReviewForm | None = None) -> str:
    return render_template(
        "policy/show.html",
        in_force=in_force,
        columns=COLUMNS,
        history=[(version, _changes(version)) for version in queries.versions()],
        reviews=queries.reviews(),
        form=form or ReviewForm.of(in_force.policy.version, today()),
    )


def _item_page(key: str, form: ItemForm, policy: ClinicPolicy) -> str:
    item = questions[key]
    groups = listing(questions_under(policy), today())
    return render_template(
        "policy/item.html",
        form=form,
        line=next(line for _, lines in groups for line in lines if line.key == key),
        offered=stricter_options(item),
        has_limits=bool(item.stops_from_systolic),
        is_own=not policy.find(key).is_blank,
    )


def _changes(version: PolicyVersion) -> list[str]:
    """Return what a version changed: ``Blood thinner, severity: relative → absolute``."""
    return [
        f"{questions.label(change.item)}, {TITLES[Part(change.part)].lower()}: "
        f"{value_in_words(change.part, change.was)} → {value_in_words(change.part, change.now)}"
        for change in changes_from_text(version.changes)
    ]
