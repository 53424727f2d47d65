"""A guard for addresses that scripts call: only our own pages may, and no token can expire in a pocket."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import abort, request

from shopper.database import SAFE

HEADER = "X-Shopper"
OWN = frozenset({"same-origin", "none"})


def refuse_other_pages() -> None:
    """Refuse, with 403, an unsafe call that another site's page could have made in its visitor's name.

    A page of another site cannot set the header without asking first, which we never allow; and every
    browser of today says by itself where a call comes from.
    """
    if request.method in SAFE:
        return
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    marked = request.headers.get(HEADER) == "1"
    from_own_site = site is None or site in OWN
    from_own_host = origin is None or urlsplit(origin)[:2] == (request.scheme, request.host)
    if not (marked and from_own_site and from_own_host):
        abort(403)
