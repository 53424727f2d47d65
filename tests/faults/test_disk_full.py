"""The disk is full under load, for photos and for the database: nothing acknowledged is lost, and it recovers."""

from __future__ import annotations

import resource
from uuid import uuid4

from sqlalchemy.orm import Session

from tests.evaluations.photos.pictures import a_jpeg
from tests.faults.length import SEED, rounds
from tests.faults.server import Server
from tests.faults.test_kills import PATIENCE_S, a_signed_in_phone, assert_all_is_there, at_work, ends
from tests.faults.walking import Walk

ROUNDS = rounds(1, 50)
A_LITTLE = 8192
"""Smaller than a photo and than the database's log: what writes beyond it is refused by the system."""


def limit_files(server: Server, size: int) -> None:
    """No file of the server may grow beyond `size` bytes from now on."""
    for process in server.processes:
        resource.prlimit(process, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def test_what_was_acknowledged_survives_a_full_disk(config, engine, ledger, tell):
    with at_work(config, engine, ledger) as (server, walks):
        photographer = Walk(server.port, *a_signed_in_phone(config, engine), ledger, SEED)
        for _ in range(ROUNDS):
            photo = str(uuid4()), a_jpeg(comment=str(uuid4()).encode().ljust(A_LITTLE, b"x"))
            ledger.wait_for(ledger.size + 100, PATIENCE_S)
            ledger.refusals.clear()
            limit_files(server, A_LITTLE)
            ledger.wait_for_refusals({503}, PATIENCE_S)
            photographer.hang_up()  # a connection that was idle meanwhile may be closed, which is no answer
            was_taken = photographer.send_photo(*photo)
            assert ledger.complaints == []  # any other answer than "taken" or "no room" is told there
            assert not was_taken
            assert ledger.refusals[507] == 1
            limit_files(server, resource.RLIM_INFINITY)
            assert photographer.send_photo(*photo), photographer.unanswered
            ledger.wait_for(ledger.size + 100, PATIENCE_S)  # without a restart
        photographer.hang_up()
        ends(walks)
    tell(rounds=ROUNDS, acknowledged=ledger.size, photos=len(ledger.photos))
    assert ledger.complaints == []
    with Session(engine) as session:
        assert_all_is_there(session, ledger, config, walks)
