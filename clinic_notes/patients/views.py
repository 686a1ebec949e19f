"""The pages of patients."""

from flask import Blueprint

blueprint = Blueprint("patients", __name__)
