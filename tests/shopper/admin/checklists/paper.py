"""Forms as a browser without script fills and sends them."""

from __future__ import annotations

from html.parser import HTMLParser

from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from tests.shopper.browsing import Visitor

Fields = list[tuple[str, str]]


class Paper(HTMLParser):
    """The forms of a page: for each address what a browser would send from it untouched."""

    def __init__(self, text: str, here: str) -> None:
        super().__init__()
        self.here = here
        self.forms: list[tuple[str, Fields]] = []
        self.buttons: dict[str, list[tuple[str, str]]] = {}
        self._fields: Fields | None = None
        self._area: str | None = None
        self._select: str | None = None
        self._first_option = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if tag == "form" and given.get("method") == "post":
            self._fields = []
            self.forms.append((given.get("action") or self.here, self._fields))
        if self._fields is None or "disabled" in given:
            return
        if tag == "input" and "name" in given:
            self._input(given)
        if tag == "textarea":
            self._area = given["name"]
            self._fields.append((self._area, ""))
        if tag == "select":
            self._select, self._first_option = given["name"], ""
        if tag == "option" and self._select:
            if "selected" in given:
                self._fields.append((self._select, given.get("value", "")))
                self._select = None
            self._first_option = self._first_option or given.get("value", "")

    def _input(self, given: dict[str, str]) -> None:
        assert self._fields is not None
        kind = given.get("type", "text")
        if kind in {"checkbox", "radio"} and "checked" not in given:
            return
        self._fields.append((given["name"], given.get("value", "on" if kind == "checkbox" else "")))

    def handle_data(self, data: str) -> None:
        if self._area and self._fields:
            name, text = self._fields[-1]
            self._fields[-1] = (name, text + (data.removeprefix("\n") if not text else data))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._fields = None
        if tag == "textarea":
            self._area = None
        if tag == "select" and self._select and self._fields is not None:
            self._fields.append((self._select, self._first_option))
            self._select = None

    def fields(self, address: str) -> MultiDict[str, str]:
        """What the first form for `address` holds."""
        wanted = [fields for action, fields in self.forms if action.split("#")[0] == address]
        assert wanted, f"no form for {address}: {[action for action, _fields in self.forms]}"
        return MultiDict(wanted[0])


def filled(
    visitor: Visitor, page: str, address: str | None = None, **changes: str | list[str] | None
) -> MultiDict[str, str]:
    """The form for `address` on `page`, with `changes` made in it (None unticks or empties a box)."""
    response = visitor.get(page)
    assert response.status_code == 200, response.status
    fields = Paper(response.text, page).fields(address or page)
    for name, value in changes.items():
        box = name.replace("__", "-")
        if value is None:
            fields.poplist(box)
        else:
            fields.setlist(box, value if isinstance(value, list) else [value])
    return fields


def sent(
    visitor: Visitor, page: str, address: str | None = None, **changes: str | list[str] | None
) -> TestResponse:
    """Open `page`, change its form for `address` (else of the page's own) and send it."""
    return visitor.post(address or page, data=filled(visitor, page, address, **changes))
