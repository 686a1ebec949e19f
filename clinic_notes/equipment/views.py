"""Views of instruments and lubricants: list, add, edit, retire."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from clinic_notes.clinical.lubricants import allergens_in
from clinic_notes.core.access import needs
from clinic_notes.core.forms.record_form import attempt
from clinic_notes.core.lookup import find_or_404
from clinic_notes.core.permissions import Permission
from clinic_notes.core.responses.conflict import conflict_page
from clinic_notes.equipment import actions, queries
from clinic_notes.equipment.forms import InstrumentForm, LubricantForm
from clinic_notes.equipment.models import Instrument, Lubricant
from clinic_notes.equipment.rules import Draft
from clinic_notes.reference.instruments import bevels, edges, materials, models, systems
from clinic_notes.reference.lubricants import allergens, lubricant_kinds

blueprint = Blueprint("equipment", __name__, url_prefix="/equipment")


@blueprint.context_processor
def catalogues() -> dict[str, Any]:
    """Give the templates the catalogues, and the rule that finds allergens on a label."""
    return {
        "allergens": allergens,
        "allergens_in": allergens_in,
        "bevels": bevels,
        "edges": edges,
        "lubricant_kinds": lubricant_kinds,
        "materials": materials,
        "models": models,
        "systems": systems,
    }


@dataclass(frozen=True)
class ItemKind:
    """A kind of equipment: its table, form, action and the view of its list."""

    table: type[Any]
    form: type[Any]
    add: Callable[..., Any]
    list_view: str


INSTRUMENTS = ItemKind(Instrument, InstrumentForm, actions.add_instrument, "instruments")
LUBRICANTS = ItemKind(Lubricant, LubricantForm, actions.add_lubricant, "lubricants")


@blueprint.get("/instruments")
@needs(Permission.EQUIPMENT_READ)
def instruments() -> ResponseReturnValue:
    """Show every instrument of the clinic, those in use first."""
    return render_template("equipment/instruments.html", items=queries.all_items(Instrument))


@blueprint.route("/instruments/new", methods=["GET", "POST"])
@needs(Permission.EQUIPMENT_WRITE)
def new_instrument() -> ResponseReturnValue:
    """Add an instrument."""
    return _add(INSTRUMENTS)


@blueprint.route("/instruments/<int:instrument_id>/edit", methods=["GET", "POST"])
@needs(Permission.EQUIPMENT_WRITE)
def edit_instrument(instrument_id: int) -> ResponseReturnValue:
    """Edit an instrument."""
    return _revise(INSTRUMENTS, instrument_id)


@blueprint.post("/instruments/<int:instrument_id>/retire")
@needs(Permission.EQUIPMENT_WRITE)
def retire_instrument(instrument_id: int) -> ResponseReturnValue:
    """Retire an instrument."""
    return _retire(INSTRUMENTS, instrument_id)


@blueprint.post("/instruments/<int:instrument_id>/return")
@needs(Permission.EQUIPMENT_WRITE)
def return_instrument(instrument_id: int) -> ResponseReturnValue:
    """Return a retired instrument to use."""
    return _return(INSTRUMENTS, instrument_id)


@blueprint.get("/lubricants")
@needs(Permission.EQUIPMENT_READ)
def lubricants() -> ResponseReturnValue:
    """Show every lubricant of the clinic with its ingredients, those in use first."""
    return render_template("equipment/lubricants.html", items=queries.all_items(Lubricant))


@blueprint.route("/lubricants/new", methods=["GET", "POST"])
@needs(Permission.EQUIPMENT_WRITE)
def new_lubricant() -> ResponseReturnValue:
    """Add a lubricant."""
    return _add(LUBRICANTS)


@blueprint.route("/lubricants/<int:lubricant_id>/edit", methods=["GET", "POST"])
@needs(Permission.EQUIPMENT_WRITE)
def edit_lubricant(lubricant_id: int) -> ResponseReturnValue:
    """Edit a lubricant."""
    return _revise(LUBRICANTS, lubricant_id)


@blueprint.post("/lubricants/<int:lubricant_id>/retire")
@needs(Permission.EQUIPMENT_WRITE)
def retire_lubricant(lubricant_id: int) -> ResponseReturnValue:
    """Retire a lubricant."""
    return _retire(LUBRICANTS, lubricant_id)


@blueprint.post("/lubricants/<int:lubricant_id>/return")
@needs(Permission.EQUIPMENT_WRITE)
def return_lubricant(lubricant_id: int) -> ResponseReturnValue:
    """Return a retired lubricant to use."""
    return _return(LUBRICANTS, lubricant_id)


def _add(kind: ItemKind) -> ResponseReturnValue:
    form = kind.form.of(None)
    done = attempt(form, lambda draft, *_: kind.add(draft, by=current_user))
    if done.is_saved:
        return _to_list(kind, f"{form.name.value} is on the shelf.")
    return _page(kind, form, None), done.status


def _revise(kind: ItemKind, number: int) -> ResponseReturnValue:
    item = find_or_404(kind.table, number, to_change=request.method == "POST")
    form = kind.form.of(item)

    def save(draft: Draft, _: Draft | None, version: int) -> None:
        actions.revise(item, draft, version=version, by=current_user)

    done = attempt(form, save)
    if done.is_saved:
        return _to_list(kind, f"{item.name} is saved.")
    if done.conflict:
        return conflict_page(form, done.conflict, item.name), done.status
    return _page(kind, form, item), done.status


def _retire(kind: ItemKind, number: int) -> ResponseReturnValue:
    item = find_or_404(kind.table, number)
    actions.retire(item, by=current_user)
    return _to_list(kind, f"{item.name} is retired. Notes that name it stay as they are.")


def _return(kind: ItemKind, number: int) -> ResponseReturnValue:
    item = find_or_404(kind.table, number)
    actions.return_to_use(item, by=current_user)
    return _to_list(kind, f"{item.name} is in use again.")


def _to_list(kind: ItemKind, message: str) -> ResponseReturnValue:
    flash(message)
    return redirect(url_for(f".{kind.list_view}"), 303)


def _page(kind: ItemKind, form: Any, item: Any) -> str:
    return render_template(f"equipment/{kind.table.__tablename__}.html", form=form, item=item)
