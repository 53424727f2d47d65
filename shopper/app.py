"""The web application, put together: a table of contents."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import Engine
from werkzeug.middleware.proxy_fix import ProxyFix

from evaluations.database import connect
from evaluations.photos.store import PhotoStore
from evaluations.reporting.store import ExportStore, ReportStore
from shopper import (
    addresses,
    assets,
    compared,
    database,
    discretion,
    errors,
    exhaustion,
    filters,
    findings,
    language,
    navigation,
    opening,
    permissions,
    portal,
    queueing,
    security,
    uploads,
)
from shopper.accounts import forgotten, links, profile, signing_in, welcome
from shopper.admin import (
    brands,
    checklists,
    clients,
    correcting,
    editions,
    follow_ups,
    found,
    imports,
    locations,
    mail,
    people,
    programmes,
    reopening,
    reviews,
    search,
    today,
    trail,
    visits,
    waves,
    withholding,
    work,
)
from shopper.admin import photos as office_photos
from shopper.config import Config, read
from shopper.field import offline, pages, photos, references, sync
from shopper.identity import sessions
from shopper.operating import health, logs
from shopper.portal import downloads
from shopper.proving import pages as proving

BLUEPRINTS = (
    health.bp,
    welcome.bp,
    signing_in.bp,
    forgotten.bp,
    links.bp,
    profile.bp,
    today.bp,
    search.bp,
    people.bp,
    mail.bp,
    trail.bp,
    work.bp,
    clients.bp,
    brands.bp,
    locations.bp,
    imports.bp,
    programmes.bp,
    waves.bp,
    visits.bp,
    found.bp,
    checklists.bp,
    reviews.bp,
    withholding.bp,
    follow_ups.bp,
    reopening.bp,
    correcting.bp,
    editions.bp,
    office_photos.bp,
    pages.bp,
    offline.bp,
    sync.bp,
    photos.bp,
    references.bp,
    portal.bp,
    portal.locations.bp,
    proving.bp,
    downloads.bp,
)
LARGEST_FORM = 2_000_000


def create_app(config: Config | None = None, engine: Engine | None = None) -> Flask:
    """The application for one installation."""
    config = config or read()
    app = Flask("shopper", static_folder=None, template_folder=str(assets.TEMPLATES))
    app.config.update(
        MAX_CONTENT_LENGTH=LARGEST_FORM,
        MAX_FORM_MEMORY_SIZE=LARGEST_FORM,
        SESSION_COOKIE_NAME="shopper",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_REFRESH_EACH_REQUEST=False,  # a late answer must not put the cookie of an ended session back
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=True,
    )
    if config.proxy_hops:
        hops = config.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    settle(app, config, engine or connect(config.database_url))
    logs.init_app(app)  # first, so that it sees what all others made of an answer
    for part in (addresses, database, sessions, discretion, language, assets, permissions, uploads, security):
        part.init_app(app)
    for part in (errors, exhaustion, filters, opening, findings, compared, navigation):
        part.init_app(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    return app


def settle(app: Flask, config: Config, engine: Engine) -> None:
    """Let `app` work on the installation that `config` and `engine` name, whichever it worked on before."""
    app.config.update(
        INSTANCE=config.instance,
        SECRET_KEY=config.secret,
        ADDRESS=config.address,
        HAS_MAIL_SERVER=config.smtp is not None,
        OWN_CERTIFICATE=config.https,
    )
    app.extensions |= {
        "engine": engine,
        "bell": queueing.of(config),
        "health": health.Watch(config, engine),
        "photos": PhotoStore(config.photos),
        "reports": ReportStore(config.reports),
        "exports": ExportStore(config.exports),
    }
