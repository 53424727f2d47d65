"""A step is done when what it depends on is unchanged and what it made still stands."""

from setup.stamps import Stamp, digest


def test_a_digest_changes_with_the_contents_of_a_file_and_with_a_fact(tmp_path):
    lock = tmp_path / "lock.txt"
    lock.write_text("one")
    first = digest([lock], "3.11")
    assert digest([lock], "3.11") == first
    assert digest([lock], "3.12") != first
    lock.write_text("two")
    assert digest([lock], "3.11") != first


def test_a_stamp_is_fresh_for_what_it_was_set_for_and_for_nothing_else(tmp_path):
    stamp = Stamp(tmp_path / "stamps" / "step")
    assert not stamp.is_fresh("now")
    stamp.set("now")
    assert stamp.is_fresh("now")
    assert not stamp.is_fresh("later")
    stamp.clear()
    assert not stamp.is_fresh("now")


def test_a_stamp_is_stale_once_something_that_the_step_made_is_gone(tmp_path):
    made = tmp_path / "tabler.min.css"
    made.touch()
    stamp = Stamp(tmp_path / "step")
    stamp.set("now", [made])
    assert stamp.is_fresh("now")
    made.unlink()
    assert not stamp.is_fresh("now")


def test_an_empty_stamp_counts_as_none(tmp_path):
    (tmp_path / "step").touch()
    assert not Stamp(tmp_path / "step").is_fresh("now")
