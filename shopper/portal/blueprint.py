"""The one blueprint of the portal, so that its navigation knows when it is there."""

from flask import Blueprint

bp = Blueprint("portal", __name__, url_prefix="/portal")
