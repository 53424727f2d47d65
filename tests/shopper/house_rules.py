"""What every page of the product keeps, checked on each page that any test fetches."""

from __future__ import annotations

from html.parser import HTMLParser

VOID_LABELS = {"hidden", "submit", "button", "image", "reset"}
EVENTS = ("onclick", "onchange", "onsubmit", "onload", "oninput", "onfocus", "onkeydown")


class Page(HTMLParser):
    """A page as read: its headings, ids, boxes and labels."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.title = self._heading = ""
        self.headings: list[str] = []
        self.ids: list[str] = []
        self.boxes: list[dict[str, str]] = []
        self.labelled: set[str] = set()
        self.faults: list[str] = []
        self.language = ""
        self._inside: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        if "id" in given:
            self.ids.append(given["id"])
        if "style" in given:
            self.faults.append(f"<{tag}> has a style attribute, which our policy blocks")
        if any(name in EVENTS for name in given):
            self.faults.append(f"<{tag}> has an inline event handler")
        if tag == "html":
            self.language = given.get("lang", "")
        if tag == "img" and "alt" not in given:
            self.faults.append(f"an image without alternative text: {given.get('src')}")
        if tag == "label" and "for" in given:
            self.labelled.add(given["for"])
        if tag in {"input", "select", "textarea"} and given.get("type") not in VOID_LABELS:
            self.boxes.append(given | {"in label": "label" if "label" in self._inside else ""})
        if tag == "h1":
            self._heading = ""
        if tag in {"title", "h1", "label"}:
            self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._inside:
            self._inside.reverse()
            self._inside.remove(tag)
            self._inside.reverse()
        if tag == "h1":
            self.headings.append(" ".join(self._heading.split()))

    def handle_data(self, data: str) -> None:
        if "h1" in self._inside:
            self._heading += data
        elif "title" in self._inside:
            self.title += data


def faults_of(text: str) -> list[str]:
    """What breaks the house rules on this page."""
    page = Page(text)
    faults = list(page.faults)
    if page.language not in {"en", "es"}:
        faults.append("the page does not say its language")
    if len(page.headings) != 1:
        faults.append(f"{len(page.headings)} first headings: {page.headings}")
    elif not " ".join(page.title.split()).startswith(page.headings[0]):
        faults.append(f"the title {page.title!r} does not start with the heading {page.headings[0]!r}")
    faults += [f"the id {name} is used twice" for name in sorted(set(page.ids)) if page.ids.count(name) > 1]
    for box in page.boxes:
        named = box["in label"] or box.get("aria-label") or box.get("aria-labelledby")
        if not named and box.get("id") not in page.labelled:
            faults.append(f"a box without a label: {box.get('name')}")
    return faults
