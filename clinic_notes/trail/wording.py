"""What an entry of the trail reads as, and the kinds a reader can ask for."""

KINDS = {
    "looks": "Looked at records",
    "changes": "Changed records",
    "signatures": "Signed",
    "copies": "Took copies away",
    "accounts": "Accounts and sign-ins",
    "refusals": "Refused",
}

_ACTIONS = {
    "looks": {
        "clinic_documentation_time.viewed": "looked at how long the clinic's notes take",
        "documentation_time.viewed": "looked at how long their notes take",
        "episode.viewed": "looked at an episode",
        "goal.viewed": "looked at a goal",
        "outcomes.viewed": "looked at what waits in the clinic",
        "patient.viewed": "looked at a patient's record",
        "patients.viewed": "looked at a list of patients",
        "own_results.viewed": "looked at their own results",
        "report.viewed": "looked at a report",
        "results.viewed": "looked at outcomes",
        "today.viewed": "looked at Today",
        "trail.viewed": "looked at the audit trail",
        "visit.viewed": "looked at a session",
        "visit_form.viewed": "opened the form of a session",
    },
    "changes": {
        "autosaved_form.discarded": "discarded unsaved text",
        "autosaved_form.saved": "typed into a form that was autosaved",
        "documentation_time.added": "finished typing a note",
        "due_record.added": "recorded that something due was done",
        "due_record.withdrawn": "withdrew a record of something done",
        "episode.closed": "closed an episode",
        "episode.opened": "opened an episode",
        "episode.reopened": "reopened an episode",
        "episode.revised": "changed an episode",
        "goal.added": "set a goal",
        "goal.ended": "ended a goal",
        "goal.resumed": "resumed a goal",
        "goal.revised": "changed a goal",
        "instrument.added": "added an instrument",
        "instrument.retired": "retired an instrument",
        "instrument.returned": "returned an instrument to use",
        "instrument.revised": "changed an instrument",
        "kiosk.answered": "had a patient answer on the tablet",
        "kiosk.finished": "had a patient finish on the tablet",
        "kiosk.left": "took the tablet back from a patient",
        "kiosk.resumed": "let a patient go on on the tablet",
        "kiosk.started": "gave the tablet to a patient",
        "kiosk.taken": "took a patient's answers into a draft",
        "lubricant.added": "added a lubricant",
        "lubricant.retired": "retired a lubricant",
        "lubricant.returned": "returned a lubricant to use",
        "lubricant.revised": "changed a lubricant",
        "outcomes.rebuilt": "rebuilt the outcome facts",
        "patient.registered": "registered a patient",
        "patient.revised": "changed a patient's details",
        "policy.changed": "changed the clinic's safety policy",
        "policy.reviewed": "recorded a review of the safety check",
        "report.begun": "began a report",
        "report.discarded": "discarded the draft of a report",
        "report.revised": "changed the draft of a report",
        "text_snippet.added": "added a text snippet",
        "text_snippet.deleted": "deleted a text snippet",
        "text_snippet.revised": "changed a text snippet",
        "visit.conflict_resolved": "resolved an edit conflict",
        "visit.discarded": "discarded a draft",
        "visit.opened": "began a session",
        "visit.recorded": "saved a session",
        "visit.voided": "voided a signed session",
    },
    "signatures": {
        "report.signed": "signed a report",
        "visit.amended": "added an addendum",
        "visit.cosigned": "co-signed a session",
        "visit.returned": "returned a session without a co-signature",
        "visit.signed": "signed a session",
    },
    "copies": {
        "backup.created": "made a backup of every record",
        "backup.restored": "restored the clinic from a backup",
        "patient.pdf.viewed": "took a patient's page as PDF",
        "report.pdf.viewed": "took a report as PDF",
        "results.exported": "exported outcomes",
        "trail.exported": "exported the audit trail",
        "visit.pdf.viewed": "took a note as PDF",
    },
    "accounts": {
        "browsers.signed_out": "signed out every other browser",
        "clinic.opened": "set the clinic up",
        "invitation.accepted": "set a password through a link",
        "password.changed": "changed their password",
        "user.added": "added a person",
        "user.confirmed": "confirmed a colleague",
        "user.disabled": "deactivated an account",
        "user.enabled": "reactivated an account",
        "user.ended_clinical_lead": "ended a clinical lead",
        "user.invited": "made a link that sets a password",
        "user.named_clinical_lead": "named a clinical lead",
        "user.signed_in": "signed in",
        "user.signed_out": "signed out",
    },
    "refusals": {
        "access.refused": "asked for a page they may not open",
        "confirmation.refused": "typed a wrong confirmation code",
        "request.refused": "was refused what they asked for",
        "kiosk.refused": "typed a wrong password on the tablet of a patient",
        "password.refused": "typed a wrong password to change it",
        "sign_in.refused": "was refused at the sign-in",
        "signature.refused": "typed a wrong password to sign",
    },
}
"""Each action by its kind; tests/trail finds one that the code records and this list lacks."""

WORDS = {action: words for kind in _ACTIONS.values() for action, words in kind.items()}


def words_of(action: str) -> str:
    """Return an action in words; one of an older version as it is stored."""
    return WORDS.get(action, action.replace(".", " ").replace("_", " "))


def actions_of(kind: str) -> tuple[str, ...]:
    """Return the actions of a kind."""
    return tuple(_ACTIONS[kind])
