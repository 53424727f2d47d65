"""Where the product is reached: this machine's names and addresses, and what is printed about them."""

from __future__ import annotations

import io
import re
import socket
import struct
import sys
from contextlib import suppress
from ipaddress import ip_address

import segno

from shopper.config import Config
from shopper.operating.certificate import Certificate

ANYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104 - read from the setting, not listened on
HERE = frozenset({"localhost", "127.0.0.1", "::1"})
HOST_NAME = re.compile(
    r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*"
)
SIOCGIFADDR = 0x8915
NOWHERE = ("192.0.2.1", 9)
"""An address kept for documentation: choosing a route to it sends nothing."""


def names(config: Config) -> frozenset[str]:
    """The names and addresses that a certificate of this machine is valid for."""
    own = socket.gethostname().lower()
    known = {own, f"{own}.local"} | ({config.host.lower()} - ANYWHERE)
    return HERE | addresses() | {name for name in known if _is_address(name) or HOST_NAME.fullmatch(name)}


def addresses() -> frozenset[str]:
    """The IPv4 addresses by which other machines may reach this one."""
    found = set(_of_interfaces())
    if route := _on_the_way_out():
        found.add(route)
    return frozenset(each for each in found if not ip_address(each).is_loopback)


def said(config: Config, certificate: Certificate | None) -> str:
    """What the person at the terminal is told: the addresses, and a code for the phone."""
    scheme = "https" if certificate else "http"
    far = _reachable(config)
    here = "localhost" if config.host in ANYWHERE or (certificate and config.host in HERE) else config.host
    lines = [f"Shopper is at {scheme}://{_bracketed(here)}:{config.port}  (Ctrl-C stops it)"]
    if far:
        address = f"{scheme}://{_bracketed(far)}:{config.port}"
        lines += [f"On a phone in the same network: {address}", "", _code(address)]
    if certificate:
        lines += _about(certificate)
        if not far:
            lines.append("For a phone in the same network start it with HOST=0.0.0.0 as well.")
    elif far:
        lines += [
            "This is plain http: a phone gives the page neither its place nor its storage for offline work.",
            "Start it with HTTPS=1 as well to try all of it.",
        ]
    return "\n".join(lines)


def _about(certificate: Certificate) -> list[str]:
    return [
        f"The certificate is this machine's own{', made just now' if certificate.is_new else ''}, so each browser",
        "warns once: choose to go on. To be sure that it is this one, compare its SHA-256 fingerprint:",
        certificate.fingerprint,
    ]


def _reachable(config: Config) -> str | None:
    """The address that another machine would use, if it may."""
    if config.host in HERE or (_is_address(config.host) and ip_address(config.host).is_loopback):
        return None
    if config.host not in ANYWHERE:
        return config.host
    return _on_the_way_out() or min(addresses(), default=None)


def _code(address: str) -> str:
    """The address as a QR code, drawn with what the terminal can show."""
    drawn = io.StringIO()
    segno.make(address, error="m", micro=False).terminal(drawn, compact=_shows_blocks(), border=2)
    return drawn.getvalue()


def _shows_blocks() -> bool:
    try:
        "█▀▄".encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return False
    return True


def _on_the_way_out() -> str | None:
    """The address that this machine sends from."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(NOWHERE)
        except OSError:  # no network at all
            return None
        return str(probe.getsockname()[0])


def _of_interfaces() -> list[str]:
    """The first IPv4 address of each network interface, as Linux tells it."""
    found: list[str] = []
    if sys.platform != "linux":
        return found
    import fcntl

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        for _number, name in socket.if_nameindex():
            with suppress(OSError):  # an interface without an address
                answer = fcntl.ioctl(asking, SIOCGIFADDR, struct.pack("256s", name.encode()[:15]))
                found.append(socket.inet_ntoa(answer[20:24]))
    return found


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host
