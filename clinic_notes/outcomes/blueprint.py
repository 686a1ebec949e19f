"""The blueprint that the manager's pages are registered with."""

from flask import Blueprint

blueprint = Blueprint("outcomes", __name__)
