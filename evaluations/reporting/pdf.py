"""HTML to PDF: tagged, titled, and with nothing in it that was not handed in."""

from __future__ import annotations

import gc
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import weasyprint
from weasyprint.text.ffi import harfbuzz_subset
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

BASE = "file:///report/"
"""What the addresses in a report are relative to. It is never opened: all answers come from memory."""


MOST_STYLES = 16
SELDOM = (1_000_000, 10, 10)
"""When to look for garbage within a report, by the counts of `gc.set_threshold`: only in enormous ones."""
YOUNGEST = 0
VOID = re.compile(r"<(img|meta|link|br|hr|col)\b([^>]*?)/?>")
UNBROKEN = re.compile(r"[^\s\u200b]{40}")
DOCTYPE = "<!doctype html>"
NOT_TEXT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Control characters and halves of characters, which no file may hold and no font can show."""
_MARKS = "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
STACKED = re.compile(f"({_MARKS}{{4}}){_MARKS}+")
"""More marks over one letter than any language has: they would stand in the lines above and below."""
OPTIONS = {"pdf_variant": "pdf/ua-1"}


@dataclass(frozen=True, slots=True)
class File:
    """Something that a report shows: its media type, and how to get its bytes when they are needed."""

    mime: str
    read: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Page:
    """A report as HTML, its style, and every file that the two name, by its relative address."""

    html: str
    style: str = ""
    files: Mapping[str, File] = field(default_factory=dict)


class NotHandedIn(Exception):
    """A report asked for something that is not one of its own files."""


class CannotShow(Exception):
    """A file of the report could not be had; what it was about is the cause."""


class _FromMemory(URLFetcher):  # type: ignore[misc]
    """Answers with a report's own files and refuses all else: no network, no disk, no data addresses."""

    def __init__(self, files: Mapping[str, File]) -> None:
        super().__init__(allowed_protocols=(), fail_on_errors=True)
        self._files = files

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:  # noqa: ARG002
        file = self._files.get(url.removeprefix(BASE)) if url.startswith(BASE) else None
        if file is None:
            raise NotHandedIn(url[:200])
        return URLFetcherResponse(url, file.read(), {"Content-Type": file.mime})


class _Html(weasyprint.HTML):  # type: ignore[misc]
    """HTML whose elements are all closed, as templates write it: read by an XML parser it costs next to nothing.

    WeasyPrint's own parser, which mends whatever it is given, takes a twentieth of a report's time.
    """

    def __init__(self, text: str, fetcher: _FromMemory) -> None:
        root = ET.fromstring(_well_formed(text))  # noqa: S314 - our own templates, and no document type
        if UNBROKEN.search(text):
            _give_room_to_break(root)
        self.base_url, self.url_fetcher, self.media_type = BASE, fetcher, "print"
        self.wrapper_element = weasyprint.cssselect2.ElementWrapper.from_html_root(
            root, content_language=None
        )
        self.etree_element = self.wrapper_element.etree_element


def _give_room_to_break(root: ET.Element) -> None:
    """Let words that are far too long be broken; to find that out by itself takes WeasyPrint seconds for each."""
    for element in root.iter():
        if element.text:
            element.text = UNBROKEN.sub("\\g<0>\u200b", element.text)
        if element.tail:
            element.tail = UNBROKEN.sub("\\g<0>\u200b", element.tail)


def _well_formed(html: str) -> str:
    text = STACKED.sub(r"\1", NOT_TEXT.sub("", html))
    return VOID.sub(r"<\1\2/>", text.replace(DOCTYPE, "", 1))


class Layout:
    """A report set in pages, to be written once."""

    def __init__(self, page: Page) -> None:
        """Set `page`; a file that cannot be read ends it, since evidence is never left out quietly."""
        fetcher = _FromMemory(page.files)
        html = _Html(page.html, fetcher)
        with _fatal_errors_as_ours():
            style = _style(page.style, fetcher)
            self._document = html.render(style.fonts, stylesheets=[style.sheet], **OPTIONS)

    def page_of(self, name: str) -> int | None:
        """The number of the page on which the element with the id `name` begins."""
        pages = enumerate(self._document.pages, start=1)
        return next((number for number, page in pages if name in page.anchors), None)

    def write(self) -> bytes:
        """The report as a tagged PDF; the layout is gone with it."""
        with _fatal_errors_as_ours():
            pdf: bytes = self._document.write_pdf(finisher=_say_scopes, **OPTIONS)
        del self._document
        gc.collect(YOUNGEST)  # everything of this report at once, as nothing of it is needed any more
        return pdf


def _say_scopes(_document: weasyprint.Document, pdf: Any) -> None:
    """Say of each head of a table whether it speaks for its row or its column.

    WeasyPrint only lists the heads of each cell, which not every reading program follows.
    """
    for row in pdf.objects:
        if not isinstance(row, dict) or row.get("S") != "/TR":
            continue
        cells = [pdf.objects[int(kid.split()[0])] for kid in row["K"]]
        named = {head.string for cell in cells for head in cell["A"].get("Headers", ())}
        for cell in cells:
            if cell["S"] == "/TH":
                cell["A"]["Scope"] = "/Row" if cell["ID"].string in named else "/Column"


@dataclass(frozen=True, slots=True)
class _Style:
    sheet: weasyprint.CSS
    fonts: FontConfiguration


_styles: dict[str, _Style] = {}


def _style(text: str, fetcher: _FromMemory) -> _Style:
    """The style that `text` describes, read once: a brand's reports share it, fonts and all.

    Reading it, and the fonts with it, is a tenth of what a report costs.
    """
    if text not in _styles:
        if len(_styles) >= MOST_STYLES:
            del _styles[next(iter(_styles))]
        fonts = FontConfiguration()
        sheet = weasyprint.CSS(string=text, base_url=BASE, url_fetcher=fetcher, font_config=fonts)
        _styles[text] = _Style(sheet, fonts)
    return _styles[text]


@contextmanager
def _fatal_errors_as_ours() -> Iterator[None]:
    try:
        yield
    except FatalURLFetchingError as error:  # no `Exception`: it would end the worker
        raise CannotShow(str(error)) from error.__cause__


def settle() -> None:
    """Tell the garbage collector that everything loaded so far stays; for long-lived processes.

    Each report makes and drops a million small things. Without this the collector goes through them and
    all modules again and again meanwhile, which costs a fifth of the time; so it waits until a report
    is written, when next to nothing of it is left to go through.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)


def can_subset_fonts() -> bool:
    """Whether the library is there without which every report takes nearly twice as long."""
    return harfbuzz_subset is not None
