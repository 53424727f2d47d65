"""The product's own certificate, so that a phone on the same network can be served by HTTPS.

It vouches for itself: a browser warns once, and the fingerprint that is printed lets its reader check
that it is this one. It is made once, and again only when it runs out or this machine's addresses change.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from evaluations.files import settle

LASTS = timedelta(days=397)
"""The longest that phones accept."""
ENDS_SOON = timedelta(days=7)
BACKDATED = timedelta(days=1)
"""Clocks of phones are not all right."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """Where the certificate and its key are, and how a reader recognises it."""

    file: Path
    key: Path
    fingerprint: str
    is_new: bool


def own(instance: Path, names: frozenset[str], at: datetime) -> Certificate:
    """The certificate of this instance for these host names and addresses, made if there is none that serves."""
    file, key = instance / "certificate.pem", instance / "certificate.key"
    kept = _kept(file, key)
    is_new = kept is None or not _serves(kept, names, at)
    if kept is None or is_new:
        kept = _made(file, key, names, at)
    return Certificate(file, key, kept.fingerprint(hashes.SHA256()).hex(":").upper(), is_new)


def _kept(file: Path, key: Path) -> x509.Certificate | None:
    """The certificate that is there, if it can be read and its key is its own."""
    try:
        found = x509.load_pem_x509_certificate(file.read_bytes())
        private = serialization.load_pem_private_key(key.read_bytes(), password=None)
    except (OSError, ValueError):
        return None
    return found if private.public_key() == found.public_key() else None


def _serves(found: x509.Certificate, names: frozenset[str], at: datetime) -> bool:
    told = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    held = set(told.get_values_for_type(x509.DNSName))
    held |= {str(address) for address in told.get_values_for_type(x509.IPAddress)}
    return names <= held and found.not_valid_before_utc <= at < found.not_valid_after_utc - ENDS_SOON


def _made(file: Path, key_file: Path, names: frozenset[str], at: datetime) -> x509.Certificate:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Shopper on this machine")])
    usage = {"digital_signature": True} | dict.fromkeys(_OTHER_USES, False)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - BACKDATED)
        .not_valid_after(at - BACKDATED + LASTS)
        .add_extension(
            x509.SubjectAlternativeName([_general(name) for name in sorted(names)]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**usage), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    _write(key_file, secret, mode=0o600)
    _write(file, made.public_bytes(serialization.Encoding.PEM), mode=0o644)
    settle(file.parent)
    return made


_OTHER_USES = (
    "content_commitment",
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)


def _general(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _write(path: Path, body: bytes, *, mode: int) -> None:
    """Write a file that nobody ever sees with a wider mode."""
    draft = path.with_name(f".{path.name}.draft")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
        file.write(body)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
