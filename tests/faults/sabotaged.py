"""The application with a promise broken: what finds nothing wrong with these finds nothing at all."""

from __future__ import annotations

import os
import time
from functools import wraps

from flask import Flask, Response, g, request

from shopper import app as honest
from shopper import assets, database

A_MOMENT_S = 1.5


def create_app() -> Flask:
    """The application that acknowledges before it commits."""
    app = honest.create_app()
    app.after_request_funcs[None].remove(database._commit)
    app.after_request(_commit_afterwards)
    return app


def create_app_without_fsync() -> Flask:
    """The application that leaves files to the disk's own good time."""
    os.fsync = lambda _handle: None
    return honest.create_app()


TAKES_PHOTOS = """
const taken = []
self.addEventListener("fetch", (event) => {
  const { method, url, headers } = event.request
  if (method !== "PUT" || !url.includes("/photos/")) return
  taken.push(event.request.clone())
  const hash = atob(headers.get("Repr-Digest").split(":")[1])
  const sha256 = [...hash].map((one) => one.charCodeAt(0).toString(16).padStart(2, "0")).join("")
  const data = { id: url.split("/").at(-1), sha256 }
  const json = { status: 201, headers: { "Content-Type": "application/json" } }
  event.respondWith(new Response(JSON.stringify({ data }), json))
})
"""


def create_app_whose_worker_takes_photos() -> Flask:
    """The application with a service worker that answers for the server and means to send photos later."""
    app = honest.create_app()
    serve = app.view_functions["field_offline.service_worker"]

    @wraps(serve)  # what its policy is stays written on it
    def altered() -> Response:
        response: Response = serve()
        response.set_data(TAKES_PHOTOS.encode() + response.get_data())
        return response

    app.view_functions["field_offline.service_worker"] = altered
    return app


SHELF = "js/field/photo_shelf.js"
BLOBS = (
    ("put({ id: bytesId, bytes })", "put({ id: bytesId, bytes: new Blob([bytes]) })"),
    (
        "return found?.bytes ?? null",
        "return found?.bytes instanceof Blob ? found.bytes.arrayBuffer() : found?.bytes",
    ),
)


def create_app_whose_phones_keep_blobs() -> Flask:
    """The application whose scripts keep photos as Blobs, which most browsers can do."""
    honestly = assets.contents

    def altered(name: str) -> bytes:
        text = honestly(name).decode()
        for honest_words, others in BLOBS if name == SHELF else ():
            assert text.count(honest_words) == 1, f"{name} does not say so any more: {honest_words}"
            text = text.replace(honest_words, others)
        return text.encode()

    assets.contents = altered
    return honest.create_app()


def _commit_afterwards(response: Response) -> Response:
    session = g.pop("session", None)
    if session is not None:
        commits = request.method not in database.SAFE and response.status_code < 400

        def end() -> None:
            if commits:
                time.sleep(A_MOMENT_S)  # what a slow disk would take
                session.commit()
            session.close()

        response.call_on_close(end)
    return response
