"""What every answer carries so that a browser protects its reader."""

from __future__ import annotations

import secrets

from flask import Flask, Response, current_app, g, request
from flask_wtf.csrf import CSRFProtect

csrf = CSRFProtect()


def nonce() -> str:
    """The word that lets this answer's own inline scripts run, and no others."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(16)
    return str(g.nonce)


def let_frame() -> None:
    """Let this answer's page show another page of ours inside it."""
    g.frames = True


def let_be_framed() -> None:
    """Let a page of ours show this answer inside it; nobody else ever may."""
    g.framed = True


def keep_address_secret() -> None:
    """Let no other page or server learn the address of this answer's page, which opens something."""
    g.is_secret = True


def init_app(app: Flask) -> None:
    """Protect forms against forgery and set the headers of every answer."""
    csrf.init_app(app)
    app.jinja_env.globals["nonce"] = nonce
    app.after_request(_headers)


def _headers(response: Response) -> Response:
    headers = response.headers
    headers.setdefault("X-Content-Type-Options", "nosniff")
    if request.endpoint == "static":  # no page: what its scripts may do says the page that asked for it
        headers.setdefault("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
    else:
        _set_of_a_page(response)
    if request.is_secure and not current_app.config["OWN_CERTIFICATE"]:  # else http could not be gone back to
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    return response


def _set_of_a_page(response: Response) -> None:
    headers = response.headers
    headers.setdefault("Referrer-Policy", "no-referrer" if g.get("is_secret") else "same-origin")
    headers.setdefault("Permissions-Policy", "camera=(self), geolocation=(self), microphone=()")
    headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    headers.setdefault("Content-Security-Policy", _policy())
    headers.setdefault("X-Frame-Options", "SAMEORIGIN" if g.get("framed") else "DENY")
    headers.setdefault("Cache-Control", "no-store, private")


def _policy() -> str:
    scripts = f"'self' 'nonce-{g.nonce}'" if "nonce" in g else "'self'"
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {scripts}",
            "style-src 'self'",
            "img-src 'self' blob: data:",
            "font-src 'self'",
            "connect-src 'self'",
            "manifest-src 'self'",
            "form-action 'self'",
            "frame-src 'self'" if g.get("frames") else "frame-src 'none'",
            "frame-ancestors 'self'" if g.get("framed") else "frame-ancestors 'none'",
            "base-uri 'none'",
        )
    )
