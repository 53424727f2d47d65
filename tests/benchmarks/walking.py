"""A browser without scripts that signs in and finds every kind of page that its role may open."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPConnection, HTTPResponse
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urljoin, urlsplit

from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

ADDRESSES_PER_PAGE = 2
"""A list and its second page, or two visits: more of the same kind would tell nothing new."""
PAGES = ("text/html", "application/json")
OPENS_MORE = "/drafts"
"""The one button that must be pressed for there to be more pages: it opens a draft."""


class Page(HTMLParser):
    """The links of a page, where its forms are sent to, and the forgery token of them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[str] = []
        self.token = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        address = {"a": "href", "iframe": "src"}.get(tag, "")
        if given.get(address):
            self.links.append(given[address])
        if tag == "form":
            self.forms.append(given.get("action", ""))
        if given.get("name") == "csrf_token":
            self.token = given.get("value", "")


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, and how long it took to come."""

    status: int
    mime: str
    text: str
    location: str
    ms: float


@dataclass
class Browser:
    """A connection that is kept open, and its cookies."""

    port: int
    cookies: SimpleCookie = field(default_factory=SimpleCookie)

    def __post_init__(self) -> None:
        self._connection = HTTPConnection("127.0.0.1", self.port, timeout=60)

    def open(self, address: str, **form: str) -> Answer:
        """Ask for `address`, or send it a form."""
        headers = {"Cookie": "; ".join(f"{one.key}={one.value}" for one in self.cookies.values())}
        if form:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.perf_counter()
        self._connection.request("POST" if form else "GET", address, urlencode(form) or None, headers)
        response: HTTPResponse = self._connection.getresponse()
        body = response.read()
        ms = (time.perf_counter() - began) * 1000
        for cookie in response.headers.get_all("Set-Cookie", []):
            self.cookies.load(cookie)
        mime = response.headers.get_content_type()
        text = body.decode() if mime in ("text/html", "application/json") else ""
        return Answer(response.status, mime, text, response.headers.get("Location", ""), ms)

    def closes(self) -> None:
        """Close the connection."""
        self._connection.close()

    def signs_in(self, email: str, password: str) -> Browser:
        """Sign in on the page for it."""
        token = Page(self.open("/sign-in").text).token
        answer = self.open("/sign-in", csrf_token=token, email=email, password=password)
        if answer.status != 303:
            raise SystemExit(f"{email} could not sign in: {answer.status}")
        return self


class Walk:
    """One role's way through the product: every kind of page that it may open, by its route."""

    def __init__(self, browser: Browser, role: str, routes: MapAdapter) -> None:
        self.browser = browser
        self.role = role
        self.routes = routes
        self.pages: dict[str, list[str]] = {}
        self._seen: dict[str, object] = {}
        self._waiting = ["/"]
        for address in self._waiting:  # grows while it is walked
            self._visit(address)
        self._try_what_no_link_leads_to()

    def _visit(self, address: str) -> None:
        """Open `address`, unless enough of its kind are known, and line up what it links to."""
        rule, values = self._route(address)
        if rule is None or len(self.pages.get(rule, [])) >= ADDRESSES_PER_PAGE:
            return
        answer = self.browser.open(address)
        if 300 <= answer.status < 400:
            self._waiting.append(local(urljoin(address, answer.location)))
        elif answer.status != 200:
            raise SystemExit(f"{self.role}: {address} answered {answer.status}")
        elif answer.mime in PAGES:
            self.pages.setdefault(rule, []).append(address)
            self._seen = values | self._seen
            page = Page(answer.text)
            links = dict.fromkeys(local(urljoin(address, link)) for link in page.links)
            self._waiting += [link for link in links if link not in self._waiting]
            for action in page.forms:
                if action.endswith(OPENS_MORE):
                    opened = self.browser.open(action, csrf_token=page.token)
                    self._waiting.append(local(urljoin(address, opened.location)))

    def _try_what_no_link_leads_to(self) -> None:
        """Open what scripts ask for, and pages for what is not there at first, with ids that were met."""
        for rule in self.routes.map.iter_rules():
            unknown = rule.rule not in self.pages and rule.arguments <= self._seen.keys()
            if unknown and "GET" in (rule.methods or ()):
                address = self.routes.build(
                    rule.endpoint, {name: self._seen[name] for name in rule.arguments}
                )
                answer = self.browser.open(address)
                if answer.status == 200 and answer.mime in PAGES:
                    self.pages[rule.rule] = [address]

    def _route(self, address: str) -> tuple[str | None, dict[str, object]]:
        try:
            rule, values = self.routes.match(urlsplit(address).path, method="GET", return_rule=True)
        except HTTPException:
            return None, {}
        return rule.rule, dict(values)


def local(address: str) -> str:
    """The path and query of an address; what leads elsewhere leads to no route."""
    parts = urlsplit(address)
    path = parts.path if parts.scheme in ("", "http") and parts.netloc in ("", "127.0.0.1") else ""
    return f"{path}?{parts.query}" if parts.query else path
