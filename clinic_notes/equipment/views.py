"""The pages of equipment."""

from flask import Blueprint

blueprint = Blueprint("equipment", __name__)
