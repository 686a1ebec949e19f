from flask import Blueprint

blueprint = Blueprint("charting", __name__)
