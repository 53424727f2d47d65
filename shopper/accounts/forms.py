"""The boxes for a new password, wherever one is chosen."""

from __future__ import annotations

from wtforms import PasswordField
from wtforms.validators import EqualTo, InputRequired, Length

from shopper.forms import Form
from shopper.identity import passwords
from shopper.language import lazy


class NewPasswordForm(Form):
    """A new password, twice."""

    password = PasswordField(
        lazy("Password, at least 10 characters"),
        [
            InputRequired(lazy("Choose a password.")),
            Length(passwords.SHORTEST, passwords.LONGEST, lazy("Choose a password of 10 to 200 characters.")),
        ],
        render_kw={"autocomplete": "new-password"},
    )
    again = PasswordField(
        lazy("The same password again"),
        [EqualTo("password", lazy("The two passwords differ."))],
        render_kw={"autocomplete": "new-password"},
    )
