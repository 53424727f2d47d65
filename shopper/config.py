"""What this installation is told by its environment; nothing else reads it."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit

from shopper.mail.posting import Server

QUEUES = ("polling", "procrastinate")
NO_SENDER = "Shopper <shopper@localhost>"


@dataclass(frozen=True, slots=True)
class Config:
    """Where an installation keeps its data and how it answers."""

    instance: Path
    database_url: str
    secret: str
    host: str = "127.0.0.1"
    port: int = 8000
    demo: bool = True
    proxy_hops: int = 0
    """How many proxies of our own stand before the server and set X-Forwarded-*."""
    smtp: str | None = None
    """The mail server, as smtp://user:password@host:port or smtps://...; without one mail is kept as files."""
    mail_from: str = NO_SENDER
    address: str | None = None
    """Where people reach this installation, for links in mails, as https://shopper.example.org."""
    queue: str = "polling"
    """How workers learn of what is owed: polling, or procrastinate on PostgreSQL for workers on several machines."""
    https: bool = False
    """Whether the server speaks HTTPS by itself, with a certificate of its own making."""

    @property
    def reached_at(self) -> str:
        """Where links in mails lead that no request of a reader has shown the way to."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return self.address or f"{'https' if self.https else 'http'}://{host}:{self.port}"

    @property
    def photos(self) -> Path:
        """The folder of the photo store."""
        return self.instance / "photos"

    @property
    def mail(self) -> Path:
        """The folder of mail while no mail server is set."""
        return self.instance / "mail"

    @property
    def exports(self) -> Path:
        """The folder of what people take away in bulk, until it expires."""
        return self.instance / "exports"

    @property
    def reports(self) -> Path:
        """The folder of rendered reports."""
        return self.instance / "reports"


class BadSetting(Exception):
    """A setting that cannot be used; its text says which and what to do."""


def read(environment: Mapping[str, str] | None = None) -> Config:
    """The configuration that the environment gives, making the instance folder and its secret if needed."""
    given = os.environ if environment is None else environment
    instance = Path(given.get("SHOPPER_INSTANCE") or _default_instance()).resolve()
    instance.mkdir(parents=True, exist_ok=True)
    database_url = given.get("SHOPPER_DATABASE") or f"sqlite:///{instance / 'shopper.db'}"
    return Config(
        instance=instance,
        database_url=database_url,
        queue=_queue(given.get("SHOPPER_QUEUE") or QUEUES[0], database_url),
        secret=_secret(instance / "secret"),
        host=given.get("HOST") or "127.0.0.1",
        port=_port(given.get("PORT") or "8000"),
        demo=(given.get("DEMO") or "1") != "0",
        proxy_hops=_hops(given.get("SHOPPER_PROXY_HOPS") or "0"),
        smtp=_smtp(given),
        mail_from=_sender(given.get("SHOPPER_MAIL_FROM") or NO_SENDER),
        address=_address(given.get("SHOPPER_ADDRESS") or ""),
        https=_https(given.get("HTTPS") or "0"),
    )


def _default_instance() -> Path:
    """`instance/` of the checkout that holds this package, else of the current folder."""
    checkout = Path(__file__).resolve().parents[1]
    return (checkout if (checkout / "pyproject.toml").exists() else Path.cwd()) / "instance"


def _port(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise BadSetting(f"PORT is {text!r}; it must be a number from 1 to 65535.")
    return int(text)


def _queue(text: str, database_url: str) -> str:
    if text not in QUEUES:
        raise BadSetting(f"SHOPPER_QUEUE is {text!r}; it must be {' or '.join(QUEUES)}.")
    if text != QUEUES[0] and not database_url.startswith("postgresql"):
        raise BadSetting(f"SHOPPER_QUEUE is {text!r}, which needs PostgreSQL: set SHOPPER_DATABASE too.")
    return text


def _hops(text: str) -> int:
    if not text.isdecimal() or int(text) > 10:
        raise BadSetting(
            f"SHOPPER_PROXY_HOPS is {text!r}; it must be the number of your own proxies, 0 to 10."
        )
    return int(text)


def _smtp(given: Mapping[str, str]) -> str | None:
    """The mail server. Links in real mail never trust a request's own word for where we are."""
    named = given.get("SHOPPER_SMTP")
    if not named:
        return None
    try:
        Server.named(named)
    except ValueError as error:  # without the setting itself, which holds a password
        raise BadSetting(f"SHOPPER_SMTP cannot be used: {error}.") from error
    for needed in ("SHOPPER_MAIL_FROM", "SHOPPER_ADDRESS"):
        if not given.get(needed):
            raise BadSetting(f"SHOPPER_SMTP is set, so {needed} must be set too.")
    return named


def _sender(text: str) -> str:
    address = parseaddr(text)[1]
    if "@" not in address or not text.isprintable():
        raise BadSetting(f'SHOPPER_MAIL_FROM is {text!r}; it must be like "Agency <office@example.org>".')
    return text


def _address(text: str) -> str | None:
    parts = urlsplit(text)
    is_whole = parts.scheme in {"http", "https"} and parts.netloc and not (parts.query or parts.fragment)
    if text and (not is_whole or parts.path.strip("/")):
        raise BadSetting(f"SHOPPER_ADDRESS is {text!r}; it must be like https://shopper.example.org.")
    return text.rstrip("/") or None


def _https(text: str) -> bool:
    if text not in ("0", "1"):
        raise BadSetting(f"HTTPS is {text!r}; it must be 1 (own certificate) or 0.")
    return text == "1"


def _secret(path: Path) -> str:
    """The key that signs cookies; made once, readable by its owner only."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(48))
    return path.read_text()
