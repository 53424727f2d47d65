"""Forms as a browser without script fills and sends them."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import html
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from tests.shopper.browsing import Visitor

Fields = list[tuple[str, str]]


class Paper:
    """The forms of a page: for each address what a browser would send from it untouched."""

    def __init__(self, text: str, here: str) -> None:
        self.forms: list[tuple[str, Fields]] = [
            (form.get("action") or here, list(_fields(form)))
            for form in html.document_fromstring(text).iter("form")
            if form.get("method") == "post"
        ]

    def fields(self, address: str) -> MultiDict[str, str]:
        """What the first form for `address` holds."""
        wanted = [fields for action, fields in self.forms if action.split("#")[0] == address]
        assert wanted, f"no form for {address}: {[action for action, _fields in self.forms]}"
        return MultiDict(wanted[0])


def _fields(form: html.HtmlElement) -> Iterator[tuple[str, str]]:
    """The boxes of a form in their order, each with what it holds."""
    for box in form.iter("input", "textarea", "select"):
        if "name" not in box.attrib or "disabled" in box.attrib:
            continue
        kind = box.get("type", "text")
        if box.tag == "textarea":
            yield box.name, (box.text or "").removeprefix("\n")
        elif box.tag == "select":
            options = list(box.iter("option"))
            chosen = [option for option in options if "selected" in option.attrib]
            if "multiple" not in box.attrib:
                chosen = (chosen or options)[:1]
            yield from ((box.name, option.get("value", "")) for option in chosen)
        elif kind not in {"checkbox", "radio"} or "checked" in box.attrib:
            yield box.name, box.get("value", "on" if kind == "checkbox" else "")


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
