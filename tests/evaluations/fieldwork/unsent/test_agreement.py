"""What the phone's own scripts write is what the office takes in."""

import subprocess
from pathlib import Path

from evaluations.fieldwork.changes import Outcome
from evaluations.fieldwork.unsent import taking_in
from evaluations.fieldwork.unsent.opening import open_bundle
from evaluations.models import Role
from evaluations.photos.store import PhotoStore
from evaluations.queries import capture
from tests.builders import NOON, a_person, an_evaluation
from tests.node import node

ROOT = Path(__file__).parents[4]


def exported(*words: str) -> bytes:
    """The file that the phone's scripts write for this shopper, evaluation and version."""
    run = subprocess.run([node(), "tests/js/exported.js", *words], cwd=ROOT, capture_output=True, check=False)
    assert run.returncode == 0, run.stderr.decode()
    return run.stdout


def test_a_phones_export_is_taken_in_as_it_was_made(session, tmp_path):
    evaluation = an_evaluation(session)
    body = exported(str(evaluation.shopper_id), str(evaluation.id), evaluation.version.content_hash or "")
    bundle = open_bundle(body)
    photos = taking_in.prepare(PhotoStore(tmp_path), bundle)
    scheduler = a_person(session, Role.SCHEDULER)
    (one,) = taking_in.take_in(session, bundle, photos, by=scheduler, at=NOON)[1]
    assert dict(one.outcomes) == {Outcome.STORED: 3}
    contents = capture.contents(session, evaluation)
    assert contents.answers["greeted"].value == "no"
    assert contents.comments["greeted"] == "“Añadió” \u2028 \U0001f642"
    codes = [refusal.code for refusal in one.refusals]  # its picture is none, and so it cannot be handed in
    assert codes == ["photo_unknown_type", "incomplete"]
