"""Actions on text snippets: add, revise, delete."""

from sqlalchemy.orm.exc import StaleDataError

from clinic_notes.accounts.models import User
from clinic_notes.clinical.findings import Finding, Level, Refused
from clinic_notes.core import audit
from clinic_notes.core.db import db
from clinic_notes.snippets.models import TextSnippet
from clinic_notes.snippets.queries import is_name_taken
from clinic_notes.snippets.rules import SnippetDraft, check_snippet


def add_snippet(draft: SnippetDraft, *, by: User) -> TextSnippet:
    """Add a snippet. Raises Refused where it cannot be kept; flushes for the id."""
    snippet = TextSnippet()
    _write(snippet, draft, by)
    db.session.add(snippet)
    _record("added", snippet, by)
    return snippet


def revise_snippet(
    snippet: TextSnippet, draft: SnippetDraft, *, version: int, by: User
) -> TextSnippet:
    """Change a snippet; notes keep what was inserted. StaleDataError if not at ``version``."""
    if snippet.version != version:
        raise StaleDataError(f"Snippet {snippet.id} is at version {snippet.version}.")
    _write(snippet, draft, by)
    _record("revised", snippet, by)
    return snippet


def delete_snippet(snippet: TextSnippet, *, by: User) -> None:
    """Delete a snippet; notes keep what was inserted."""
    db.session.delete(snippet)
    _record("deleted", snippet, by)


def _write(snippet: TextSnippet, draft: SnippetDraft, by: User) -> None:
    findings = [*check_snippet(draft)]
    owner_id = None if draft.is_shared else by.id
    if is_name_taken(draft.name, owner_id, but=snippet.id):
        message = f"There is a snippet .{draft.name} already."
        findings.append(Finding(Level.REFUSE, message, "name"))
    if findings:
        raise Refused(findings)
    snippet.owner_id, snippet.name, snippet.text = owner_id, draft.name, draft.text
    snippet.are_instructions = draft.are_instructions


def _record(act: str, snippet: TextSnippet, by: User) -> None:
    db.session.flush()
    audit.record(f"text_snippet.{act}", snippet, by=by, shared=snippet.is_shared)
