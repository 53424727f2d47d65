"""Answers made smaller on their way to phones."""

from __future__ import annotations

import gzip

from flask import Response, request


def pack(response: Response) -> Response:
    """Compress `response` where the browser can read it so.

    Only for what shows nothing of the request: with a secret beside what somebody else chose, sizes would tell of it.
    """
    response.vary.add("Accept-Encoding")
    if response.status_code == 200 and request.accept_encodings["gzip"] > 0:
        response.set_data(gzip.compress(response.get_data(), 6, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response
