"""What each view needs, and its answers: read by test_access_matrix.py."""

from dataclasses import dataclass

from clinic_notes.core.access import PUBLIC, SIGNED_IN
from clinic_notes.core.permissions import Permission


@dataclass(frozen=True)
class Door:
    """What a view needs, and its answer to who has that: to a look, and to an empty form."""

    needs: Permission | str
    get: int = 200
    post: int = 422
    not_signed_in: int | None = None
    """The answer of a public page to a look by who is not signed in, where it is another."""
    visit: str = "draft"
    therapists_only: bool = False
    """Whether a manager and an administrator are led to a first page of their own."""


DOORS = {
    "health.up": Door(PUBLIC),
    "health.ready": Door(PUBLIC),
    "assets.asset": Door(PUBLIC, get=404),
    "accounts.sign_in": Door(PUBLIC, get=302, not_signed_in=200),
    "accounts.reauthenticate": Door(PUBLIC, post=400),
    "accounts.sign_out": Door(PUBLIC, post=303),
    "accounts.invitation": Door(PUBLIC),
    "accounts.setup": Door(PUBLIC, get=404, post=404),
    "trail.show": Door(Permission.AUDIT_READ),
    "trail.export": Door(Permission.AUDIT_READ),
    "accounts.own_account": Door(SIGNED_IN),
    "accounts.still_here": Door(SIGNED_IN, get=204),
    "accounts.change_password": Door(SIGNED_IN),
    "accounts.sign_out_elsewhere": Door(SIGNED_IN, post=303),
    "accounts.colleagues": Door(Permission.PEOPLE_CONFIRM),
    "accounts.people": Door(Permission.PEOPLE_MANAGE),
    "accounts.add_person": Door(Permission.PEOPLE_MANAGE),
    "accounts.invite": Door(Permission.PEOPLE_MANAGE, post=201),
    "accounts.disable": Door(Permission.PEOPLE_MANAGE, post=303),
    "accounts.enable": Door(Permission.PEOPLE_MANAGE, post=303),
    "accounts.name_clinical_lead": Door(Permission.PEOPLE_MANAGE, post=303),
    "accounts.end_clinical_lead": Door(Permission.PEOPLE_MANAGE, post=303),
    "patients.index": Door(Permission.PATIENT_READ, post=200),
    "patients.new": Door(Permission.PATIENT_WRITE),
    "patients.edit": Door(Permission.PATIENT_WRITE),
    "patients.new_episode": Door(Permission.PATIENT_WRITE),
    "patients.edit_episode": Door(Permission.PATIENT_WRITE),
    "plan_of_care.new_goal": Door(Permission.PATIENT_WRITE),
    "plan_of_care.edit_goal": Door(Permission.PATIENT_WRITE),
    "plan_of_care.end_goal": Door(Permission.PATIENT_WRITE),
    "plan_of_care.resume_goal": Door(Permission.PATIENT_WRITE, post=303),
    "progress.patient": Door(Permission.PATIENT_READ),
    "outcomes.waiting": Door(Permission.CLINIC_FIGURES),
    "outcomes.own": Door(Permission.CHART_WRITE),
    "outcomes.results": Door(Permission.CLINIC_FIGURES),
    "outcomes.episodes_behind": Door(Permission.CLINIC_FIGURES),
    "outcomes.sessions_behind": Door(Permission.CLINIC_FIGURES),
    "outcomes.export_csv": Door(Permission.CLINIC_FIGURES),
    "outcomes.export_xlsx": Door(Permission.CLINIC_FIGURES),
    "equipment.instruments": Door(Permission.EQUIPMENT_READ),
    "equipment.new_instrument": Door(Permission.EQUIPMENT_WRITE),
    "equipment.edit_instrument": Door(Permission.EQUIPMENT_WRITE),
    "equipment.retire_instrument": Door(Permission.EQUIPMENT_WRITE, post=303),
    "equipment.return_instrument": Door(Permission.EQUIPMENT_WRITE, post=303),
    "equipment.lubricants": Door(Permission.EQUIPMENT_READ),
    "equipment.new_lubricant": Door(Permission.EQUIPMENT_WRITE),
    "equipment.edit_lubricant": Door(Permission.EQUIPMENT_WRITE),
    "equipment.retire_lubricant": Door(Permission.EQUIPMENT_WRITE, post=303),
    "equipment.return_lubricant": Door(Permission.EQUIPMENT_WRITE, post=303),
    "snippets.index": Door(Permission.CHART_WRITE),
    "snippets.listed": Door(Permission.CHART_WRITE),
    "snippets.new": Door(Permission.CHART_WRITE),
    "snippets.edit": Door(Permission.CHART_WRITE),
    "snippets.delete": Door(Permission.CHART_WRITE, post=303),
    "policy.show_guide": Door(Permission.CHART_READ),
    "policy.show": Door(Permission.CLINICAL_POLICY),
    "policy.change_item": Door(Permission.CLINICAL_POLICY),
    "policy.record_review": Door(Permission.CLINICAL_POLICY),
    "documents.report": Door(Permission.CHART_READ),
    "documents.note": Door(Permission.CHART_READ),
    "documents.for_patient": Door(Permission.CHART_READ),
    "charting.record_done": Door(Permission.CHART_WRITE),
    "charting.withdraw_done": Door(Permission.CHART_WRITE, post=303),
    "charting.close_episode": Door(Permission.CHART_WRITE),
    "charting.reopen_episode": Door(Permission.CHART_WRITE, post=422),
    "charting.today": Door(SIGNED_IN, therapists_only=True),
    "charting.show": Door(Permission.CHART_READ),
    "charting.new": Door(Permission.CHART_WRITE),
    "charting.edit": Door(Permission.CHART_WRITE),
    "charting.save": Door(Permission.CHART_WRITE),
    "charting.change_rows": Door(Permission.CHART_WRITE, post=200),
    "charting.answer_questions": Door(Permission.CHART_WRITE, post=200),
    "charting.repeat_session": Door(Permission.CHART_WRITE, post=200),
    "charting.enter_minutes": Door(Permission.CHART_WRITE, post=200),
    "charting.resolve": Door(Permission.CHART_WRITE),
    "charting.show_findings": Door(Permission.CHART_WRITE, post=200),
    "charting.reopen": Door(Permission.CHART_WRITE, get=302),
    "charting.autosave_new": Door(Permission.CHART_WRITE),
    "charting.autosave_changes": Door(Permission.CHART_WRITE),
    "charting.sign": Door(Permission.CHART_SIGN),
    "charting.cosign": Door(Permission.CHART_COSIGN, get=303, post=303, visit="signed"),
    "charting.cosign_several": Door(Permission.CHART_COSIGN),
    "charting.return_note": Door(Permission.CHART_COSIGN, get=303, post=303, visit="signed"),
    "charting.start_kiosk": Door(Permission.CHART_WRITE, post=303),
    "charting.kiosk": Door(SIGNED_IN, get=303),
    "charting.answer_kiosk": Door(SIGNED_IN, post=303),
    "charting.leave_kiosk": Door(SIGNED_IN, get=303, post=303),
    "charting.show_answers": Door(Permission.CHART_READ),
    "charting.void": Door(Permission.CHART_WRITE),
    "charting.new_report": Door(Permission.CHART_WRITE),
    "charting.edit_report": Door(Permission.CHART_WRITE),
    "charting.show_report": Door(Permission.CHART_READ),
    "charting.sign_report": Door(Permission.CHART_SIGN),
    "charting.discard_report": Door(Permission.CHART_WRITE, post=303),
    "charting.documentation_time": Door(Permission.CHART_WRITE),
    "charting.clinic_documentation_time": Door(Permission.CLINIC_FIGURES),
    "charting.add_documentation_time": Door(Permission.CHART_WRITE, post=204, visit="signed"),
    "charting.add_addendum": Door(Permission.CHART_WRITE, visit="signed"),
}
