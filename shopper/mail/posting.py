"""Where mail goes: to a mail server, or into a folder while none is set."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from ipaddress import ip_address
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from email_validator import validate_email

from evaluations import files
from evaluations.models import Mail
from evaluations.models.mails import PLACE_OF_THE_LINK

PATIENCE_S = 30
PORTS = {"smtp": 587, "smtps": 465}


class Post(Protocol):
    """Something that takes mail."""

    def send(self, mail: Mail) -> None:
        """Send `mail`, or raise why not."""


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server, as named by smtp://user:password@host:port or smtps://..."""

    host: str
    port: int
    is_tls: bool
    user: str | None
    password: str | None

    @classmethod
    def named(cls, address: str) -> Server:
        """The server that `address` names; `ValueError` when it names none."""
        parts = urlsplit(address)
        if parts.scheme not in PORTS or not parts.hostname or parts.path.strip("/") or parts.query:
            raise ValueError("it is not smtp://user:password@host:port or smtps://user:password@host:port")
        if (parts.username is None) != (parts.password is None):
            raise ValueError("a user needs a password, and a password a user")
        try:
            port = parts.port or PORTS[parts.scheme]
        except ValueError as error:  # whose own words may repeat a part of the password
            raise ValueError(
                "its port is no number; signs such as / in a password are written %2F"
            ) from error
        return cls(
            parts.hostname,
            port,
            parts.scheme == "smtps",
            unquote(parts.username) if parts.username is not None else None,
            unquote(parts.password) if parts.password is not None else None,
        )


class NoPasswordInTheClear(Exception):
    """The server offers no encryption, and a password would have been sent for all to read."""


@dataclass(frozen=True, slots=True)
class SmtpPost:
    """Hands mail to a server, encrypted wherever the server can."""

    server: Server
    sender: str

    def send(self, mail: Mail) -> None:
        """Send `mail`; its message id is always the same, so that a second copy is recognised as one."""
        message = letter(mail, self.sender, cte="quoted-printable")
        trust = ssl.create_default_context()
        if self.server.is_tls:
            with smtplib.SMTP_SSL(
                self.server.host, self.server.port, timeout=PATIENCE_S, context=trust
            ) as client:
                self._hand_over(client, message, is_private=True)
        else:
            with smtplib.SMTP(self.server.host, self.server.port, timeout=PATIENCE_S) as client:
                client.ehlo()
                if is_private := client.has_extn("starttls"):
                    client.starttls(context=trust)
                self._hand_over(client, message, is_private=is_private)

    def _hand_over(self, client: smtplib.SMTP, message: EmailMessage, *, is_private: bool) -> None:
        if self.server.user is not None and self.server.password is not None:
            if not is_private and not _is_this_machine(self.server.host):
                raise NoPasswordInTheClear(
                    f"{self.server.host} offers no encryption, so its password was not sent; use smtps://"
                )
            client.login(self.server.user, self.server.password)
        client.send_message(message)


@dataclass(frozen=True, slots=True)
class FolderPost:
    """Keeps mail as files that every mail program opens; a file's name is its mail's id."""

    folder: Path
    sender: str

    def send(self, mail: Mail) -> None:
        """Write `mail` durably; what is there already is not written again."""
        files.make_folder(self.folder.parent)
        if not self.folder.is_dir():
            self.folder.mkdir(mode=0o700, exist_ok=True)  # the links in it are for their readers only
            files.settle(self.folder.parent)
        message = letter(mail, self.sender, cte="8bit")
        files.write_file(self.folder / f"{mail.id}.eml", message.as_bytes())


def letter(mail: Mail, sender: str, *, cte: str) -> EmailMessage:
    """The message of `mail`, the same whenever it is made."""
    recipient = _in_ascii(mail.recipient)
    message = EmailMessage(policy=SMTP if recipient.isascii() else SMTPUTF8)
    message["From"] = sender
    message["To"] = recipient
    message["Subject"] = mail.subject
    message["Date"] = mail.owed_at
    message["Message-ID"] = f"<{mail.id}@{message['From'].addresses[0].domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text.replace(PLACE_OF_THE_LINK, mail.link or ""), cte=cte)
    return message


def post_to(smtp: str | None, sender: str, folder: Path) -> Post:
    """The server of this installation, else the folder."""
    return SmtpPost(Server.named(smtp), sender) if smtp else FolderPost(folder, sender)


def _in_ascii(email: str) -> str:
    """The address with its domain as the mail system spells it, e.g. xn--espaa-rta.es."""
    return validate_email(email, check_deliverability=False, test_environment=True).ascii_email or email


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
