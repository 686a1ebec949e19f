"""The kiosk: its start, its questions, the way out of it, and the answers for the therapist."""

from typing import Any

from flask import (
    Response,
    current_app,
    flash,
    g,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_login import current_user

from clinic_notes.accounts.last_user import cookie_token
from clinic_notes.accounts.throttle import check_password, refuse_password
from clinic_notes.charting.blueprint import blueprint
from clinic_notes.charting.kiosk import actions
from clinic_notes.charting.kiosk.forms import AnswerForm, LeaveForm
from clinic_notes.charting.kiosk.queries import current_kiosk, is_idle, last_kiosk
from clinic_notes.charting.models import Visit
from clinic_notes.charting.models.kiosk import Kiosk
from clinic_notes.charting.visit.load import load_visit
from clinic_notes.charting.visit.queries import WHO, position_and_last
from clinic_notes.clinical.readings.self_report import (
    in_words,
    is_put,
    problem_with,
    progress,
    questions_for,
)
from clinic_notes.core import audit
from clinic_notes.core.access import SIGNED_IN, before_writing, needs, open_while_locked
from clinic_notes.core.forms.base import BaseForm
from clinic_notes.core.lookup import bounded_integer, find_or_404
from clinic_notes.core.permissions import Permission


@blueprint.route("/visits/<int:visit_id>/kiosk", methods=["GET", "POST"])
@needs(Permission.CHART_WRITE)
def start_kiosk(visit_id: int) -> ResponseReturnValue:
    """Show what the patient will be asked, and lock this browser to it."""
    visit = find_or_404(Visit, visit_id, *WHO, to_change=request.method == "POST")
    if visit.is_signed or visit.void:
        flash("Answers go into an open draft, and this is none.")
        return redirect(url_for(".show", visit_id=visit.id), 303)
    earlier = last_kiosk(visit.id)
    if request.method == "POST" and earlier is not None and is_idle(earlier):
        actions.take_answers(earlier, by=current_user)
    position, _ = position_and_last(visit.episode_id, visit.served_on, visit.start_time, visit.id)
    asked = questions_for(load_visit(visit).draft, is_first=position.is_first)
    if asked and BaseForm().validate_on_submit():
        actions.start_kiosk(visit, asked, token=cookie_token(), by=current_user)
        response = make_response(redirect(url_for(".kiosk"), 303))
        # The browser's Back must not show a page of the chart that it kept.
        response.headers["Clear-Site-Data"] = '"cache"'
        return response
    audit.viewed("visit", visit, patient_id=visit.patient_id)
    words = [in_words(asked, {}, at) for at in range(len(asked)) if is_put(asked, {}, at)]
    return render_template(
        "charting/kiosk/start.html",
        visit=visit,
        form=BaseForm(),
        questions=words,
        has_answers=earlier is not None,
    )


@blueprint.get("/kiosk")
@needs(SIGNED_IN)
@open_while_locked
def kiosk() -> ResponseReturnValue:
    """Show the question the patient is at, and nothing else."""
    found = current_kiosk()
    return _not_locked() if found is None else _page(found)


@blueprint.post("/kiosk/answer")
@needs(SIGNED_IN)
@open_while_locked
def answer_kiosk() -> ResponseReturnValue:
    """Keep an answer, and go on, back, or to the end."""
    found, form = current_kiosk(to_change=True), AnswerForm()
    if found is None:
        return _not_locked()
    at, asked = bounded_integer(form.step.data or ""), found.asked
    if is_idle(found) or found.finished_at or at is None or not form.validate():
        return redirect(url_for(".kiosk"), 303)
    if at >= len(asked):
        act = actions.go_back if form.go.data == "back" else actions.finish
        act(found, by=current_user)
        return redirect(url_for(".kiosk"), 303)
    given = form.answer.data or ""
    problem = problem_with(asked[at], given)
    if problem:
        found.step = at
        page = _page(found, problem=problem, given=given)
        page.status_code = 422
        return page
    direction = -1 if form.go.data == "back" else 1
    actions.answer(found, at, given, direction=direction, by=current_user)
    return redirect(url_for(".kiosk"), 303)


@blueprint.route("/kiosk/leave", methods=["GET", "POST"])
@needs(SIGNED_IN)
@open_while_locked
@before_writing(check_password)
def leave_kiosk() -> ResponseReturnValue:
    """Ask for the password, and unlock the browser, or let the patient go on."""
    found, form = current_kiosk(to_change=request.method == "POST"), LeaveForm()
    if found is None:
        return _not_locked()
    if not form.validate_on_submit():
        return _leave_page(form), 422 if request.method == "POST" else 200
    if not g.is_password:
        refuse_password(form, "kiosk.refused", found)
        return _leave_page(form), 422
    if "resume" in request.form:
        actions.resume(found, by=current_user)
        return redirect(url_for(".kiosk"), 303)
    actions.leave(found, token=cookie_token(), by=current_user)
    return redirect(url_for(".show_answers", visit_id=found.visit_id), 303)


@blueprint.get("/visits/<int:visit_id>/kiosk/answers")
@needs(Permission.CHART_READ)
def show_answers(visit_id: int) -> ResponseReturnValue:
    """Show what the patient answered last in this session, and what became of each answer."""
    visit = find_or_404(Visit, visit_id, *WHO)
    found = last_kiosk(visit.id)
    audit.viewed("visit", visit, patient_id=visit.patient_id)
    asked, given = (found.asked, found.given) if found else ((), {})
    rows = [
        (
            in_words(asked, given, at),
            asked[at].in_words(text),
            found.outcome.get(at) if found else None,
        )
        for at, text in sorted(given.items())
        if is_put(asked, given, at)
    ]
    return render_template("charting/kiosk/answers.html", visit=visit, kiosk=found, rows=rows)


def _not_locked() -> ResponseReturnValue:
    return redirect(f"{request.script_root}/", 303)


def _page(found: Kiosk, **shown: Any) -> Response:
    if is_idle(found):
        return make_response(_leave_page(LeaveForm(), is_idle=True))
    asked, given, at = found.asked, found.given, found.step
    page = render_template(
        "charting/kiosk/question.html",
        **{"problem": "", "given": given.get(at, ""), **shown},
        form=AnswerForm(formdata=None),
        name=found.patient.given_name,
        kiosk=found,
        at=at,
        progress=progress(asked, given, at),
        asked=asked[at] if at < len(asked) else None,
        words=in_words(asked, given, at) if at < len(asked) else "",
        answered=[
            (in_words(asked, given, n), asked[n].in_words(text))
            for n, text in sorted(given.items())
        ],
        wait=request.args.get("problem") == "429",
    )
    response = make_response(page)
    idle = int(current_app.config["IDLE_AFTER"].total_seconds())
    # The page gives way to the locked one by itself, without a script.
    response.headers["Refresh"] = f"{idle + 1}; url={url_for('.kiosk')}"
    return response


def _leave_page(form: LeaveForm, *, is_idle: bool = False) -> str:
    return render_template("charting/kiosk/leave.html", form=form, is_idle=is_idle)
