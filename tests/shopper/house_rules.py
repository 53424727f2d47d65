"""What every page of the product keeps, checked on each page that any test fetches."""

from __future__ import annotations

from collections import Counter

from lxml import html

VOID_LABELS = {"hidden", "submit", "button", "image", "reset"}
EVENTS = {"onclick", "onchange", "onsubmit", "onload", "oninput", "onfocus", "onkeydown"}


class Page:
    """A page as read: its headings, ids, boxes and labels."""

    def __init__(self, text: str) -> None:
        self.title = ""
        self.headings: list[str] = []
        self.ids: Counter[str] = Counter()
        self.boxes: list[html.HtmlElement] = []
        self.labelled: set[str] = set()
        self.faults: list[str] = []
        root = html.document_fromstring(text)
        self.language = root.get("lang", "")
        for element in root.iter("*"):
            self._reads(element)

    def _reads(self, element: html.HtmlElement) -> None:
        given, tag = element.attrib, element.tag
        if "id" in given:
            self.ids[given["id"]] += 1
        if "style" in given:
            self.faults.append(f"<{tag}> has a style attribute, which our policy blocks")
        if not EVENTS.isdisjoint(given):
            self.faults.append(f"<{tag}> has an inline event handler")
        if tag == "img" and "alt" not in given:
            self.faults.append(f"an image without alternative text: {given.get('src')}")
        if tag == "title" and element.getparent().tag == "head":
            self.title = " ".join(element.text_content().split())
        if tag == "h1":
            self.headings.append(" ".join(element.text_content().split()))
        if tag == "label" and "for" in given:
            self.labelled.add(given["for"])
        if tag in {"input", "select", "textarea"} and given.get("type") not in VOID_LABELS:
            self.boxes.append(element)

    def has_name(self, box: html.HtmlElement) -> bool:
        """Whether whoever does not see the box is told what it is for."""
        own = box.get("aria-label") or box.get("aria-labelledby")
        return (
            bool(own) or box.get("id") in self.labelled or next(box.iterancestors("label"), None) is not None
        )


def faults_of(text: str) -> list[str]:
    """What breaks the house rules on this page."""
    page = Page(text)
    faults = list(page.faults)
    if page.language not in {"en", "es"}:
        faults.append("the page does not say its language")
    if len(page.headings) != 1:
        faults.append(f"{len(page.headings)} first headings: {page.headings}")
    elif not page.title.startswith(page.headings[0]):
        faults.append(f"the title {page.title!r} does not start with the heading {page.headings[0]!r}")
    faults += [f"the id {name} is used twice" for name, count in sorted(page.ids.items()) if count > 1]
    faults += [f"a box without a label: {box.get('name')}" for box in page.boxes if not page.has_name(box)]
    return faults
