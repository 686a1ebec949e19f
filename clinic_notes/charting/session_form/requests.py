"""Finds the patient, the visit and the sent form of a request for the session form."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import wraps

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from clinic_notes.charting.autosave.form_instance import About
from clinic_notes.charting.autosave.requests import autosave_unless_saved, visit_saved_elsewhere
from clinic_notes.charting.context import VisitFacts
from clinic_notes.charting.models import Visit
from clinic_notes.charting.session_form.forms import VisitForm
from clinic_notes.charting.session_form.signed_meanwhile import signed_meanwhile_page
from clinic_notes.charting.treatment.supplies import Supplies
from clinic_notes.charting.visit.queries import WHO, clinicians
from clinic_notes.clinical.drafts import VisitDraft
from clinic_notes.core.display import today
from clinic_notes.core.lookup import find_or_404
from clinic_notes.equipment.queries import in_use
from clinic_notes.patients.models import Episode, Patient
from clinic_notes.patients.queries import IN_TREATMENT


@dataclass(frozen=True)
class SentForm:
    """A session form that was sent, with the facts of its visit."""

    form: VisitForm
    facts: VisitFacts

    @property
    def visit(self) -> Visit:
        """The stored visit that the form changes."""
        if self.facts.visit is None:
            raise LookupError("A session that was never saved has one version only.")
        return self.facts.visit

    @property
    def unsaved_draft(self) -> VisitDraft:
        """What can be read of the form before anything in it is checked."""
        return self.form.partial_draft(self.facts.draft)


SentFormView = Callable[[SentForm], ResponseReturnValue]


def with_sent_form(view: SentFormView) -> Callable[..., ResponseReturnValue]:
    """Call the view with the form that was sent to it, of a new session or of a stored one.

    Where there is nothing left to do with the form, say so instead: the session was saved from
    another window or signed meanwhile, or the patient has no open episode.
    """

    @wraps(view)
    def found(patient_id: int | None = None, visit_id: int | None = None) -> ResponseReturnValue:
        if visit_id is None:
            return _with_new_session(view, patient_id or 0)
        return _with_stored_visit(view, visit_id)

    return found


def _with_new_session(view: SentFormView, patient_id: int) -> ResponseReturnValue:
    patient = find_or_404(Patient, patient_id, *IN_TREATMENT)
    episode = chosen_episode(patient)
    if episode is None:
        return episode_needed(patient)
    about = About(patient.id, episode.id, None)
    already = visit_saved_elsewhere(about)
    if already is not None:
        flash("You saved this session from another window. What you typed here was kept for it.")
        return redirect(url_for(".edit", visit_id=already), 303)
    autosave_unless_saved(about)
    return _with_form(view, new_session_facts(patient, episode))


def _with_stored_visit(view: SentFormView, visit_id: int) -> ResponseReturnValue:
    visit = find_or_404(Visit, visit_id, *WHO, to_change=True)
    autosave_unless_saved(About(visit.patient_id, visit.episode_id, visit.id))
    if visit.void and not visit.is_signed:
        # The page of a conflict shows what was typed.
        abort(409)
    facts = visit_facts(visit)
    if visit.is_signed:
        return signed_meanwhile_page(facts, visit, None), 409
    return _with_form(view, facts)


def _with_form(view: SentFormView, facts: VisitFacts) -> ResponseReturnValue:
    return view(SentForm(VisitForm.of_typed(request.form, facts), facts))


def chosen_episode(patient: Patient) -> Episode | None:
    """Return the episode the address names, or else the patient's first open one."""
    number = request.args.get("episode", type=int)
    if number is None:
        return next(iter(patient.open_episodes), None)
    episode = find_or_404(Episode, number)
    if episode.patient_id != patient.id:
        abort(404)
    return episode


def episode_needed(patient: Patient) -> ResponseReturnValue:
    """Lead to the form of a new episode."""
    flash("New episode first: what is the complaint, and where?")
    return redirect(url_for("patients.new_episode", patient_id=patient.id), 303)


def new_session_facts(patient: Patient, episode: Episode) -> VisitFacts:
    """Return the facts of a session that is not saved yet."""
    draft = VisitDraft(served_on=today())
    return _with_choices(VisitFacts(patient, episode, None, draft, Supplies()))


def visit_facts(visit: Visit) -> VisitFacts:
    """Return the facts of a stored visit, with all that may be chosen."""
    return _with_choices(VisitFacts.load(visit))


def _with_choices(facts: VisitFacts) -> VisitFacts:
    """Add the clinic's supplies in use and its clinicians.

    What the visit names stays among them, even when it has gone out of use since.
    """
    return replace(
        facts,
        supplies=facts.supplies.combined_with(Supplies.of(*in_use())),
        clinicians=tuple(clinicians(facts.draft.measured_by_id)),
    )
