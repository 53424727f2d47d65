"""SQLite itself says that it is full: the phone is told so and keeps its work, which is taken later."""

from __future__ import annotations

from sqlalchemy import event

from tests.faults.sync.air import Air
from tests.faults.sync.handset import Handset


def test_changes_for_which_the_database_has_no_room_are_kept_and_taken_later(house):
    given = house.visits[0]
    phone = Handset(given, Air(house))
    for key in ("greeted", "warm"):
        phone.comments(key, "x" * 19_000)

    def fill(connection, _record):
        connection.execute("PRAGMA max_page_count = 1")  # it never takes that for less than there are

    house.engine.dispose()
    event.listen(house.engine, "connect", fill)
    assert phone.sends_changes() == "network"
    assert (phone.last.status, phone.last.json["error"]["code"]) == (507, "no_room")
    event.remove(house.engine, "connect", fill)
    house.engine.dispose()
    assert house.holds(given).changes == []
    assert phone.drains()
    assert house.holds(given).ids == {record.id for record in phone.storage.mine}
