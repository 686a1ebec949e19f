"""The blueprint these pages share."""

from flask import Blueprint

blueprint = Blueprint("accounts", __name__)
