"""Views of text snippets: the page that lists them, the list that a form asks for, the form."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from clinic_notes.core.access import needs
from clinic_notes.core.forms.record_form import attempt
from clinic_notes.core.lookup import find_or_404
from clinic_notes.core.permissions import Permission
from clinic_notes.core.responses.conflict import conflict_page
from clinic_notes.snippets import actions
from clinic_notes.snippets.forms import SnippetForm
from clinic_notes.snippets.models import TextSnippet
from clinic_notes.snippets.queries import insertable, snippets_of
from clinic_notes.snippets.rules import SnippetDraft

blueprint = Blueprint("snippets", __name__, url_prefix="/snippets")


@blueprint.get("")
@needs(Permission.CHART_WRITE)
def index() -> ResponseReturnValue:
    """Show the user's own snippets and the clinic's, whole, to copy from where no script runs."""
    snippets = snippets_of(current_user)
    used = {snippet.id for snippet in insertable(snippets)}
    return render_template("snippets/index.html", snippets=snippets, used=used)


@blueprint.get("/list")
@needs(Permission.CHART_WRITE)
def listed() -> ResponseReturnValue:
    """Return what can be inserted, for the script of a form that is asked for it."""
    snippets = insertable(snippets_of(current_user))
    return {"snippets": [{"name": each.name, "text": each.text} for each in snippets]}


@blueprint.route("/new", methods=["GET", "POST"])
@needs(Permission.CHART_WRITE)
def new() -> ResponseReturnValue:
    """Add a snippet."""
    form = SnippetForm.of(None)
    done = attempt(form, lambda draft, *_: actions.add_snippet(draft, by=current_user))
    if done.is_saved:
        return _to_list(f".{form.draft().name} is added.")
    return render_template("snippets/snippet.html", form=form, snippet=None), done.status


@blueprint.route("/<int:snippet_id>/edit", methods=["GET", "POST"])
@needs(Permission.CHART_WRITE)
def edit(snippet_id: int) -> ResponseReturnValue:
    """Change a snippet; notes keep what was inserted."""
    snippet = _find(snippet_id)
    form = SnippetForm.of(snippet)

    def save(draft: SnippetDraft, _: SnippetDraft | None, version: int) -> None:
        actions.revise_snippet(snippet, draft, version=version, by=current_user)

    done = attempt(form, save)
    if done.is_saved:
        return _to_list(f".{snippet.name} is saved.")
    if done.conflict:
        return conflict_page(form, done.conflict, f".{snippet.name}"), done.status
    return render_template("snippets/snippet.html", form=form, snippet=snippet), done.status


@blueprint.post("/<int:snippet_id>/delete")
@needs(Permission.CHART_WRITE)
def delete(snippet_id: int) -> ResponseReturnValue:
    """Delete a snippet; notes keep what was inserted."""
    snippet = _find(snippet_id)
    actions.delete_snippet(snippet, by=current_user)
    return _to_list(f".{snippet.name} is deleted. Notes keep what was inserted.")


def _find(snippet_id: int) -> TextSnippet:
    """Return a snippet of the clinic's or the user's own; a colleague's own is not found."""
    snippet = find_or_404(TextSnippet, snippet_id, to_change=request.method == "POST")
    if not snippet.is_shared and snippet.owner_id != current_user.id:
        abort(404)
    return snippet


def _to_list(message: str) -> ResponseReturnValue:
    flash(message)
    return redirect(url_for(".index"), 303)
