"""Mail that is owed is sent once: to a server, or into a folder, whatever becomes of the workers."""

from __future__ import annotations

import os
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Event
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from evaluations import mailing
from evaluations.clock import now
from evaluations.database import writing
from evaluations.mailing import LEASING, PAUSES
from evaluations.models import Mail, MailState, Role
from evaluations.models.mails import PLACE_OF_THE_LINK
from shopper.config import Config
from shopper.mail.posting import FolderPost, NoPasswordInTheClear, Post, Server, SmtpPost, letter, post_to
from shopper.worker import Stores, Worker
from tests.builders import NOON, a_person
from tests.shopper.mail.server import Letterbox, a_letterbox
from tests.shopper.mails import opened

SENDER = "Agency <office@example.org>"
LINK = "https://shopper.example.org/links/s3cret"
PATIENCE_S = 30


@pytest.fixture
def letterbox() -> Iterator[Letterbox]:
    with a_letterbox() as server:
        yield server


def a_worker(engine: Engine, folder: Path, post: Post) -> Worker:
    return Worker(engine, Stores.of(Config(folder, "", "")), post, address="http://localhost")


def owed(engine: Engine, email: str = "nia@example.org", at=None, text: str = "Olá Nía,\n\n") -> UUID:
    with Session(writing(engine)) as session, session.begin():
        person = a_person(session, Role.EDITOR, email=email)
        text += f"{PLACE_OF_THE_LINK}\n"
        mail = mailing.owe(
            session, person, subject="Invitación", text=text, link=LINK, at=at or now() - timedelta(minutes=1)
        )
        return mail.id


def look(engine: Engine, mail_id: UUID) -> Mail:
    with Session(engine) as session:
        return session.get_one(Mail, mail_id)


def test_a_server_gets_the_mail_with_its_link_and_the_row_forgets_it(
    engine: Engine, tmp_path: Path, letterbox: Letterbox
):
    mail_id = owed(engine)
    worker = a_worker(engine, tmp_path, post_to(letterbox.address, SENDER, tmp_path / "mail"))
    assert (worker.send_next(), worker.send_next()) == (True, False)
    [arrived] = letterbox.arrived
    message = opened(arrived)
    assert (message["From"], message["To"], message["Subject"]) == (SENDER, "nia@example.org", "Invitación")
    assert message["Message-ID"] == f"<{mail_id}@example.org>"
    assert "Olá Nía" in message.get_content()
    assert LINK in message.get_content()
    mail = look(engine, mail_id)
    assert (mail.state, mail.attempts, mail.link, mail.error) == (MailState.SENT, 1, None, "")
    assert not (tmp_path / "mail").exists()


def test_without_a_server_mail_becomes_a_file_for_its_readers_eyes(engine: Engine, tmp_path: Path):
    mail_id = owed(engine)
    worker = a_worker(engine, tmp_path, post_to(None, SENDER, tmp_path / "mail"))
    assert (worker.send_next(), worker.send_next()) == (True, False)
    [file] = (tmp_path / "mail").iterdir()
    assert file.name == f"{mail_id}.eml"
    assert LINK in file.read_text()
    assert opened(file.read_bytes())["To"] == "nia@example.org"
    assert stat.S_IMODE((tmp_path / "mail").stat().st_mode) == 0o700


def test_what_a_killed_worker_had_written_is_not_written_twice(engine: Engine, tmp_path: Path):
    mail_id, post = owed(engine), FolderPost(tmp_path / "mail", SENDER)
    with Session(writing(engine)) as session, session.begin():
        assert LEASING.claim(session, uuid4(), at=now()) is not None
    post.send(look(engine, mail_id))  # and here it was killed
    with Session(writing(engine)) as session, session.begin():
        session.get_one(Mail, mail_id).claimed_at = now() - mailing.LEASE
    assert a_worker(engine, tmp_path, post).send_next()
    assert len(list((tmp_path / "mail").iterdir())) == 1
    assert (look(engine, mail_id).state, look(engine, mail_id).attempts) == (MailState.SENT, 2)


def test_a_second_copy_to_a_server_is_recognised_by_its_message_id(
    engine: Engine, tmp_path: Path, letterbox: Letterbox
):
    mail_id = owed(engine)
    letterbox.hangs_up_after_taking = True
    worker = a_worker(engine, tmp_path, SmtpPost(Server.named(letterbox.address), SENDER))
    assert worker.send_next()
    assert look(engine, mail_id).state is MailState.OWED
    letterbox.hangs_up_after_taking = False
    with Session(writing(engine)) as session, session.begin():
        session.get_one(Mail, mail_id).claimed_at = now() - PAUSES[0]
    assert worker.send_next()
    first, second = map(opened, letterbox.arrived)
    assert first["Message-ID"] == second["Message-ID"]
    assert look(engine, mail_id).state is MailState.SENT


def test_a_refused_mail_is_tried_eight_times_with_growing_pauses_and_then_has_failed(
    engine: Engine, tmp_path: Path
):
    mail_id, at = owed(engine, at=NOON), NOON
    assert list(PAUSES) == sorted(set(PAUSES))
    for pause in (*PAUSES, None):
        with Session(writing(engine)) as session, session.begin():
            token = uuid4()
            assert LEASING.claim(session, token, at=at) is not None
            assert LEASING.fail(session, mail_id, token, "refused", at=at)
            if pause is not None:
                assert LEASING.claim(session, uuid4(), at=at + pause - timedelta(seconds=1)) is None
                at += pause
    mail = look(engine, mail_id)
    assert (mail.state, mail.attempts, mail.error, mail.link) == (MailState.FAILED, 8, "refused", None)


def test_what_a_server_quotes_of_a_refused_mail_is_kept_without_the_link(
    engine: Engine, tmp_path: Path, letterbox: Letterbox
):
    mail_id = owed(engine)
    letterbox.refuses = f"we do not like {LINK} here"
    a_worker(engine, tmp_path, SmtpPost(Server.named(letterbox.address), SENDER)).send_next()
    mail = look(engine, mail_id)
    assert (mail.state, "we do not like (link) here" in mail.error) == (MailState.OWED, True)
    assert "s3cret" not in mail.error


def test_a_server_that_is_not_there_keeps_nothing_else_from_being_done(engine: Engine, tmp_path: Path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        nobody = Server.named(f"smtp://127.0.0.1:{taken.getsockname()[1]}")
        first, second = owed(engine), owed(engine, "sam@example.org")
        worker = a_worker(engine, tmp_path, SmtpPost(nobody, SENDER))
        assert [worker.send_next() for _ in range(3)] == [True, True, False]
    assert [look(engine, mail_id).attempts for mail_id in (first, second)] == [1, 1]


def test_user_and_password_are_given_to_a_server_on_this_machine(
    engine: Engine, tmp_path: Path, letterbox: Letterbox
):
    owed(engine)
    address = letterbox.address.replace("smtp://", "smtp://us%40er:pass%2Fword@")
    a_worker(engine, tmp_path, post_to(address, SENDER, tmp_path)).send_next()
    assert any(line.startswith("AUTH PLAIN") for line in letterbox.told)
    assert len(letterbox.arrived) == 1


def test_no_password_goes_over_the_network_in_the_clear(
    engine: Engine, letterbox: Letterbox, monkeypatch: pytest.MonkeyPatch
):
    mail_id = owed(engine)
    monkeypatch.setattr("shopper.mail.posting._is_this_machine", lambda _host: False)
    server = Server.named(letterbox.address.replace("smtp://", "smtp://user:password@"))
    with pytest.raises(NoPasswordInTheClear):
        SmtpPost(server, SENDER).send(look(engine, mail_id))
    assert not any(line.startswith("AUTH") for line in letterbox.told)


@pytest.mark.parametrize(
    ("email", "spelt"),
    [("nía@example.org", "nía@example.org"), ("nia@españa.example", "nia@xn--espaa-rta.example")],
)
def test_addresses_of_all_alphabets_arrive(
    engine: Engine, tmp_path: Path, letterbox: Letterbox, email: str, spelt: str
):
    mail_id = owed(engine, email)
    a_worker(engine, tmp_path, SmtpPost(Server.named(letterbox.address), SENDER)).send_next()
    assert look(engine, mail_id).error == ""
    assert any(spelt in line for line in letterbox.told if line.upper().startswith("RCPT"))
    assert len(letterbox.arrived) == 1
    with Session(engine) as session:
        assert letter(session.get_one(Mail, mail_id), SENDER, cte="8bit").as_bytes()


def test_a_worker_process_that_is_killed_while_sending_loses_nothing(
    database_url: str, engine: Engine, tmp_path: Path
):
    """The server never answers, so the kill falls into the sending; the next worker sends the mail."""
    mail_id = owed(engine)
    environment = {**os.environ, "SHOPPER_INSTANCE": str(tmp_path), "SHOPPER_DATABASE": database_url}
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        smtp = {
            "SHOPPER_SMTP": f"smtp://127.0.0.1:{silent.getsockname()[1]}",
            "SHOPPER_MAIL_FROM": SENDER,
            "SHOPPER_ADDRESS": "https://shopper.example.org",
        }
        process = subprocess.Popen([sys.executable, "-m", "shopper.cli", "worker"], env=environment | smtp)
        try:
            deadline = time.monotonic() + PATIENCE_S
            while look(engine, mail_id).state is not MailState.SENDING and time.monotonic() < deadline:
                Event().wait(0.05)
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait()
    assert look(engine, mail_id).state is MailState.SENDING
    with Session(writing(engine)) as session, session.begin():
        for mail in session.scalars(select(Mail)):
            mail.claimed_at = now() - mailing.LEASE
    with a_letterbox() as letterbox:
        a_worker(engine, tmp_path, SmtpPost(Server.named(letterbox.address), SENDER)).send_next()
        assert len(letterbox.arrived) == 1
    assert look(engine, mail_id).state is MailState.SENT
