"""The wheel is the whole product: installed alone, far from the checkout, it serves its pages."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CARRIED = ("templates", "static")
FOR_TESTS_ONLY = {"shopper/static/vendor/axe.min.js"}
STARTS_WITHIN = 60
STOPS_WITHIN = 20


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built from this checkout without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """The program `shopper` in an environment that holds the wheel and the run lock, and nothing else."""
    environment = tmp_path_factory.mktemp("installed") / "venv"
    subprocess.run([sys.executable, "-m", "venv", environment], check=True)
    pip = [
        environment / "bin" / "python",
        "-m",
        "pip",
        "-qq",
        "--disable-pip-version-check",
        "install",
        "--no-deps",
    ]
    subprocess.run([*pip, "--require-hashes", "-r", ROOT / "requirements" / "run.txt"], check=True)
    subprocess.run([*pip, "--no-index", wheel], check=True)
    return environment / "bin" / "shopper"


def fetch(address):
    """Return the status, the address reached and the text behind an address."""
    with urllib.request.urlopen(address, timeout=30) as answer:
        return answer.status, answer.url, answer.read().decode(errors="replace")


def a_free_port():
    """Return a port that nothing listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@pytest.fixture(scope="module")
def served(installed, tmp_path_factory):
    """The address of the installed product, started empty; it stops at Ctrl-C by itself."""
    folder, port = tmp_path_factory.mktemp("served"), a_free_port()
    told = {"PORT": str(port), "DEMO": "0", "SHOPPER_INSTANCE": str(folder / "instance")}
    with (folder / "log").open("wb") as log:
        product = subprocess.Popen(
            [installed, "serve"],
            cwd=folder,
            env=os.environ | told,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        wait_until_it_answers(product, f"http://127.0.0.1:{port}/", folder / "log")
        yield f"http://127.0.0.1:{port}"
        os.killpg(product.pid, signal.SIGINT)
        assert product.wait(timeout=STOPS_WITHIN) in (0, 130)
    finally:
        if product.poll() is None:
            os.killpg(product.pid, signal.SIGKILL)
            product.wait()


def wait_until_it_answers(product, address, log):
    """Return once the product answers; fail with its own words when it ends or takes too long."""
    pause, until = threading.Event(), time.monotonic() + STARTS_WITHIN
    while product.poll() is None and time.monotonic() < until:
        try:
            fetch(address)
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            pause.wait(0.1)
    pytest.fail(f"`shopper serve` did not answer:\n{log.read_text(errors='replace')}")


def test_every_template_and_static_file_is_in_the_wheel(wheel):
    here = {
        f"shopper/{path.relative_to(ROOT).as_posix()}"
        for folder in CARRIED
        for path in (ROOT / folder).rglob("*")
        if path.is_file()
    }
    inside = {
        name
        for name in zipfile.ZipFile(wheel).namelist()
        if name.startswith(("shopper/templates/", "shopper/static/"))
    }
    assert inside == here - FOR_TESTS_ONLY


def test_the_wheel_carries_neither_tests_nor_tools_nor_anybodys_data(wheel):
    folders = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {folder for folder in folders if not folder.endswith(".dist-info")} == {"evaluations", "shopper"}


def test_the_migrations_and_catalogues_are_in_the_wheel(wheel):
    inside = set(zipfile.ZipFile(wheel).namelist())
    kinds = {".py", ".po", ".toml", ".mako"}
    product = [path for package in ("evaluations", "shopper") for path in (ROOT / package).rglob("*")]
    assert {path.relative_to(ROOT).as_posix() for path in product if path.suffix in kinds} <= inside


def test_the_installed_product_serves_its_first_page_and_all_that_it_names(served):
    status, _address, page = fetch(served)
    assert status == 200
    assert "<h1" in page
    named = set(re.findall(r"/static/[^\"'\s)]+", page))
    assert named
    assert {fetch(served + name.split("#")[0])[0] for name in named} == {200}
