"""The blueprint of the visit's pages."""

from flask import Blueprint

blueprint = Blueprint("charting", __name__)
