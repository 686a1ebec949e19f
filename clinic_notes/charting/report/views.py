"""Views of reports: begin, go on, show, sign, discard."""

from collections.abc import Sequence
from typing import Any

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from clinic_notes.accounts.throttle import check_password, refuse_password
from clinic_notes.charting.blueprint import blueprint
from clinic_notes.charting.models import Report
from clinic_notes.charting.report import actions
from clinic_notes.charting.report.content import ReportPage, report_draft
from clinic_notes.charting.report.facts import episode_facts
from clinic_notes.charting.report.forms import ReportForm, SignReportForm
from clinic_notes.charting.report.queries import WHOLE, last_licence
from clinic_notes.charting.visit.actions import AlreadySigned, ChangedMeanwhile
from clinic_notes.clinical.findings import Finding, Refused
from clinic_notes.clinical.reports import KINDS, ReportDraft, ReportKind, draft_report
from clinic_notes.core import audit
from clinic_notes.core.access import before_writing, needs
from clinic_notes.core.display import today
from clinic_notes.core.forms.record_form import attempt
from clinic_notes.core.lookup import find_or_404
from clinic_notes.core.permissions import Permission
from clinic_notes.core.responses.conflict import conflict_page
from clinic_notes.patients.models import Episode, Patient
from clinic_notes.patients.queries import BACKGROUND, alerts

NAMES = {kind.value.replace("_", "-"): kind for kind in ReportKind}
"""The kinds by their names in an address."""
_ANY = "any({})".format(", ".join(f"'{name}'" for name in NAMES))


@blueprint.route(f"/episodes/<int:episode_id>/reports/new/<{_ANY}:kind>", methods=["GET", "POST"])
@needs(Permission.CHART_WRITE)
def new_report(episode_id: int, kind: str) -> ResponseReturnValue:
    """Write a new report, with what the record says drafted; or a correction of a signed one."""
    episode, what = find_or_404(Episode, episode_id), NAMES[kind]
    audit.viewed("episode", episode, patient_id=episode.patient_id)
    number = request.args.get("corrects", type=int)
    corrects = find_or_404(Report, number) if number is not None else None
    facts = episode_facts(episode)
    drafted = report_draft(corrects) if corrects else draft_report(what, facts, today())
    form = ReportForm.for_new(what, drafted)
    if form.validate_on_submit():
        try:
            report = actions.begin_report(
                episode, what, form.draft(), corrects=corrects, by=current_user
            )
            return _saved(report)
        except Refused as refused:
            form.show(refused.findings)
    why_not = actions.why_not_begun(what, facts, current_user)
    page = _form_page(form, what, episode, why_not=why_not, corrects=corrects)
    return page, 422 if form.is_submitted() else 200


@blueprint.route("/reports/<int:report_id>/edit", methods=["GET", "POST"])
@needs(Permission.CHART_WRITE)
def edit_report(report_id: int) -> ResponseReturnValue:
    """Go on with the draft of a report."""
    report = find_or_404(Report, report_id, to_change=request.method == "POST")
    episode = find_or_404(Episode, report.episode_id)
    audit.viewed("report", report, patient_id=report.patient_id)
    form = ReportForm.of(report)
    if not report.is_open:
        return _closed_meanwhile(report, form, episode)

    def save(draft: ReportDraft, _: ReportDraft | None, version: int) -> None:
        actions.revise_report(report, draft, version=version, by=current_user)

    done = attempt(form, save)
    if done.is_saved:
        return _saved(report)
    if done.conflict:
        patient = find_or_404(Patient, report.patient_id, *BACKGROUND)
        shown = {"patient": patient, "alerts": alerts(patient)}
        title = f"this {KINDS[report.kind].title.lower()}"
        return conflict_page(form, done.conflict, title, **shown), done.status
    why_not = actions.why_not_revised(current_user)
    return _form_page(form, report.kind, episode, report, why_not), done.status


@blueprint.get("/reports/<int:report_id>")
@needs(Permission.CHART_READ)
def show_report(report_id: int) -> ResponseReturnValue:
    """Show a report with its signature; a signed one reads as it was sealed."""
    report = find_or_404(Report, report_id, *WHOLE)
    audit.viewed("report", report, patient_id=report.patient_id)
    page = ReportPage.fetch(report)
    patient = find_or_404(Patient, report.patient_id, *BACKGROUND)
    return render_template(
        "charting/report/show.html",
        page=page,
        report=report,
        alerts=alerts(patient),
        kind_name=report.kind.replace("_", "-"),
    )


@blueprint.post("/reports/<int:report_id>/discard")
@needs(Permission.CHART_WRITE)
def discard_report(report_id: int) -> ResponseReturnValue:
    """Take the draft of a report out of every list."""
    report, form = find_or_404(Report, report_id, to_change=True), ReportForm()
    try:
        actions.discard_report(report, version=form.version_seen, by=current_user)
    except (AlreadySigned, ChangedMeanwhile, Refused):
        flash("Not discarded: it was changed after you opened it, or is not yours to discard.")
        return redirect(url_for(".show_report", report_id=report.id), 303)
    flash("Discarded.")
    return _to_patient(report)


@blueprint.route("/reports/<int:report_id>/sign", methods=["GET", "POST"])
@needs(Permission.CHART_SIGN)
@before_writing(check_password)
def sign_report(report_id: int) -> ResponseReturnValue:
    """Show a report once more with what is missing, and sign it with the password."""
    report = find_or_404(Report, report_id, *WHOLE)
    if not report.is_open:
        return redirect(url_for(".show_report", report_id=report.id), 303)
    form = SignReportForm(version=report.version, licence=last_licence(current_user))
    if not form.validate_on_submit():
        return _sign_page(report, form), 422 if form.is_submitted() else 200
    if not g.is_password:
        refuse_password(form, "signature.refused", report, "Nothing was signed.")
        return _sign_page(report, form), 422
    try:
        actions.sign_report(
            report, licence=form.licence.value, version=form.version_seen, by=current_user
        )
    except Refused:
        form.add_error("password", "The report cannot be signed as it is. Nothing was signed.")
        return _sign_page(report, form), 422
    except ChangedMeanwhile:
        form.catch_up(report.version)
        form.add_error("password", "It was changed after you opened it. Read it once more.")
        return _sign_page(report, form), 409
    flash("Signed. From here on it never changes; a correction is a further report.")
    return redirect(url_for(".show_report", report_id=report.id), 303)


def _saved(report: Report) -> ResponseReturnValue:
    if request.form.get("act") == "sign":
        return redirect(url_for(".sign_report", report_id=report.id), 303)
    flash("Saved as a draft.")
    return redirect(url_for(".show_report", report_id=report.id), 303)


def _to_patient(report: Report) -> ResponseReturnValue:
    address = url_for(
        "progress.patient",
        patient_id=report.patient_id,
        episode=report.episode_id,
        _anchor="reports",
    )
    return redirect(address, 303)


def _closed_meanwhile(report: Report, form: ReportForm, episode: Episode) -> ResponseReturnValue:
    """Show what was typed into a report that was signed or discarded meanwhile."""
    if not form.is_submitted():
        return redirect(url_for(".show_report", report_id=report.id), 303)
    form.add_error("", "It was signed or discarded after you opened it. Nothing was changed.")
    return _form_page(form, report.kind, episode, report), 409


def _form_page(
    form: ReportForm,
    kind: ReportKind,
    episode: Episode,
    report: Report | None = None,
    why_not: Sequence[Finding] = (),
    **shown: Any,
) -> str:
    patient = find_or_404(Patient, episode.patient_id, *BACKGROUND)
    return render_template(
        "charting/report/edit.html",
        form=form,
        kind=KINDS[kind],
        is_discharge=kind is ReportKind.DISCHARGE_SUMMARY,
        episode=episode,
        patient=patient,
        alerts=alerts(patient),
        report=report,
        why_not=why_not,
        **{"corrects": None, **shown},
    )


def _sign_page(report: Report, form: SignReportForm) -> str:
    audit.viewed("report", report, patient_id=report.patient_id)
    facts = episode_facts(report.episode)
    return render_template(
        "charting/report/sign.html",
        page=ReportPage.of_draft(report, facts),
        report=report,
        form=form,
        outstanding=actions.outstanding(report, facts, current_user),
        alerts=alerts(find_or_404(Patient, report.patient_id, *BACKGROUND)),
    )
