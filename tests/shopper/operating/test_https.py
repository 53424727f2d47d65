"""The product's own certificate and the address that a phone is told."""

from __future__ import annotations

import hashlib
import io
import re
import ssl
import stat
import time
import urllib.error
import urllib.request
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509

from evaluations.clock import now
from shopper.app import create_app
from shopper.config import BadSetting, Config, read
from shopper.operating import certificate, reaching
from tests.shopper.test_serving import PATIENCE_S, a_free_port, serving

NAMES = frozenset({"localhost", "127.0.0.1", "::1", "shop-laptop", "192.168.7.20"})


def a_config(folder: Path, **given) -> Config:
    return Config(**({"instance": folder, "database_url": "sqlite://", "secret": "s"} | given))


@pytest.mark.parametrize("word", ["yes", "2", "true"])
def test_a_setting_that_is_neither_is_named(tmp_path: Path, word: str):
    with pytest.raises(BadSetting, match="HTTPS is"):
        read({"SHOPPER_INSTANCE": str(tmp_path), "HTTPS": word})


def test_the_key_is_for_its_owner_only(tmp_path: Path):
    own = certificate.own(tmp_path, NAMES, now())
    assert stat.S_IMODE(own.key.stat().st_mode) == 0o600
    assert sorted(path.name for path in tmp_path.iterdir()) == ["certificate.key", "certificate.pem"]


def test_the_certificate_is_valid_for_every_name_and_for_nothing_else(tmp_path: Path):
    own = certificate.own(tmp_path, NAMES, now())
    made = x509.load_pem_x509_certificate(own.file.read_bytes())
    told = made.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    addresses = {str(each) for each in told.get_values_for_type(x509.IPAddress)}
    assert set(told.get_values_for_type(x509.DNSName)) | addresses == NAMES
    assert not made.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    assert (
        own.fingerprint.replace(":", "").lower()
        == hashlib.sha256(ssl.PEM_cert_to_DER_cert(own.file.read_text())).hexdigest()
    )


def test_it_is_made_once(tmp_path: Path):
    first = certificate.own(tmp_path, NAMES, now())
    second = certificate.own(tmp_path, NAMES - {"shop-laptop"}, now() + timedelta(days=300))
    assert (first.is_new, second.is_new, second.fingerprint) == (True, False, first.fingerprint)


@pytest.mark.parametrize("reason", ["it ends soon", "a new address", "unreadable", "a key of another"])
def test_it_is_made_again_when_it_would_not_serve(tmp_path: Path, reason: str):
    first = certificate.own(tmp_path, NAMES, now())
    names, at = NAMES, now()
    match reason:
        case "it ends soon":
            at += timedelta(days=392)
        case "a new address":
            names |= {"10.0.0.4"}
        case "unreadable":
            first.file.write_text("torn")
        case _:
            other = certificate.own(tmp_path / "..", NAMES, now())
            other.key.replace(first.key)
    assert certificate.own(tmp_path, names, at).fingerprint != first.fingerprint


def test_a_phone_is_told_the_address_with_a_code_and_the_warning(tmp_path: Path):
    config = a_config(tmp_path, host="192.168.7.20", port=8443)
    told = reaching.said(config, certificate.own(tmp_path, reaching.names(config), now()))
    assert "https://192.168.7.20:8443" in told
    assert re.search(r"(.*[█▀▄].*\n){10}", told)
    assert "warns once" in told


def test_the_code_is_drawn_in_colours_where_blocks_cannot_be_shown(tmp_path: Path, monkeypatch):
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(io.BytesIO(), encoding="ascii"))
    told = reaching.said(a_config(tmp_path, host="192.168.7.20"), None)
    assert told.isascii()
    assert "\x1b[" in told


def test_plain_http_for_a_phone_says_what_is_lacking(tmp_path: Path):
    told = reaching.said(a_config(tmp_path, host="192.168.7.20"), None)
    assert "http://192.168.7.20:8000" in told
    assert "HTTPS=1" in told


def test_on_this_machine_alone_no_code_is_drawn(tmp_path: Path):
    plain = reaching.said(a_config(tmp_path), None)
    assert plain == "Shopper is at http://127.0.0.1:8000  (Ctrl-C stops it)"
    secure = reaching.said(a_config(tmp_path), certificate.own(tmp_path, NAMES, now()))
    assert "https://localhost:8000" in secure
    assert "HOST=0.0.0.0" in secure
    assert "█" not in secure


def test_everywhere_means_the_machines_own_address(tmp_path: Path):
    config = a_config(tmp_path, host="0.0.0.0")
    assert "0.0.0.0" not in reaching.said(config, None)
    assert "0.0.0.0" not in reaching.names(config)
    assert {"localhost", "127.0.0.1", "::1"} <= reaching.names(config)
    for address in reaching.addresses():
        assert address in reaching.names(config)


def test_an_own_certificate_does_not_bind_browsers_to_https(database_url: str, engine, tmp_path: Path):
    for own, told in ((True, False), (False, True)):
        app = create_app(a_config(tmp_path, database_url=database_url, https=own), engine)
        answer = app.test_client().get("/health", base_url="https://localhost")
        assert ("Strict-Transport-Security" in answer.headers) is told


def fetched_securely(port: int, trusted: Path) -> tuple[int, bytes]:
    """The health address by https, trusting this certificate alone, once the server answers."""
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        with suppress(FileNotFoundError, ConnectionError, urllib.error.URLError):
            trusting = ssl.create_default_context(cafile=str(trusted))
            with urllib.request.urlopen(f"https://localhost:{port}/health", context=trusting) as answer:
                return answer.status, answer.read()
        time.sleep(0.05)
    raise AssertionError("the server does not answer")


def test_the_product_serves_by_https_with_its_own_certificate(
    tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
):
    port = a_free_port()
    monkeypatch.setenv("HTTPS", "1")
    with serving(tmp_path, database_url, port) as process:
        status, body = fetched_securely(port, tmp_path / "certificate.pem")
        assert (status, body[:1]) == (200, b"{")
        process.terminate()
        output, _ = process.communicate(timeout=60)
    assert process.returncode == 0, output
    assert f"https://localhost:{port}" in output
    assert '"route": "/health"' in output
