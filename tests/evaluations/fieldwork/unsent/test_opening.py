"""A file of unsent work is taken whole and as its phone wrote it, or refused whole."""

import io
import json
import zipfile
from uuid import UUID, uuid4

import pytest

from evaluations.errors import Refusal
from evaluations.fieldwork.unsent import bundles, opening
from evaluations.fieldwork.unsent.opening import _bundle, open_bundle
from tests.exports import a_part, an_export, files_of, packed
from tests.phones import Phone

USER = uuid4()
PHONE = Phone(uuid4(), "0" * 64)
PART = a_part(PHONE, PHONE.answers("greeted", "yes"), photos={str(uuid4()): b"a picture"})
FILES = files_of(USER, PART)


def without(name: str) -> dict[str, bytes]:
    return {each: body for each, body in FILES.items() if not each.startswith(name)}


def manifest(**altered: object) -> dict[str, bytes]:
    return FILES | {"manifest.json": json.dumps(json.loads(FILES["manifest.json"]) | altered).encode()}


def damaged() -> bytes:
    body = bytearray(packed(FILES))
    place = body.index(b"a picture")
    body[place] ^= 1
    return bytes(body)


HOSTILE = {
    "no ZIP": (b"Dear office, here is my work.", "bundle_unknown"),
    "another ZIP": (packed({"letter.txt": b"Dear office"}), "bundle_unknown"),
    "an empty ZIP": (packed({}), "bundle_unknown"),
    "half of one": (packed(FILES)[:200], "bundle_damaged"),
    "a bit that fell over": (damaged(), "bundle_damaged"),
    "packed again": (packed(FILES, zipfile.ZIP_DEFLATED), "bundle_altered"),
    "a bomb": (packed({"manifest.json": bytes(50_000_000)}, zipfile.ZIP_DEFLATED), "bundle_altered"),
    "a photo taken out": (packed(without("photos/")), "bundle_altered"),
    "the manifest taken out": (packed(without("manifest")), "bundle_unknown"),
    "a file put in": (packed(FILES | {"photos/more": b"x"}), "bundle_altered"),
    "a way out of the folder": (packed(FILES | {"../../etc/passwd": b"x"}), "bundle_altered"),
    "a change altered": (packed(FILES | {f"changes/{PHONE.eid}.json": b"[]"}), "bundle_altered"),
    "a manifest that is no JSON": (packed(FILES | {"manifest.json": b"{"}), "bundle_unknown"),
    "a manifest too deep": (packed(FILES | {"manifest.json": b"[" * 100_000}), "bundle_unknown"),
    "another format": (packed(manifest(format="shopper-backup")), "bundle_unknown"),
    "a later edition": (packed(manifest(edition=2)), "bundle_unknown"),
    "nobody's": (packed(manifest(user="somebody")), "bundle_unknown"),
    "more than a manifest says": (packed(manifest(more=1)), "bundle_unknown"),
    "changes that are no list": (an_export(USER, PART | {"changes": {"a": 1}}), "bundle_altered"),
    "changes of which no phone makes so many": (
        an_export(USER, PART | {"changes": [{}] * 1_000_001}),
        "bundle_altered",
    ),
    "changes that are deep instead": (
        an_export(USER, PART | {"changes": [[['"[{,'] * 500_001, ["\\"] * 500_001]]}),
        "bundle_altered",
    ),
    "changes in another encoding": (
        packed(files_of(USER, PART, coding="utf-16")),
        "bundle_altered",
    ),
    "a manifest in another encoding": (
        packed(FILES | {"manifest.json": FILES["manifest.json"].decode().encode("utf-16")}),
        "bundle_unknown",
    ),
    "more text than any phone writes": (
        an_export(USER, PART | {"changes": ["x" * opening.MOST_TEXT_BYTES]}),
        "bundle_altered",
    ),
    "a hand-in as large": (
        an_export(USER, a_part(PHONE, hand_in={"part": [{}] * 1_000_001})),
        "bundle_altered",
    ),
    "nothing at all": (b"", "file_empty"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_or_broken_file_is_refused_for_what_it_is(what):
    body, code = HOSTILE[what]
    with pytest.raises(Refusal) as refused:
        bundles_of(body)
    assert refused.value.code == code


def bundles_of(body: bytes):
    """As the child opens it, without a process for each case."""
    if not body:
        return open_bundle(body)
    raw, found = bundles.unpack(body)
    return _bundle(raw, found)


def test_a_file_named_twice_is_refused():
    with pytest.warns(UserWarning, match="Duplicate name"):
        body = twice()
    with pytest.raises(Refusal, match="bundle_altered"):
        bundles.unpack(body)


def twice() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, body in [*FILES.items(), *FILES.items()]:
            archive.writestr(name, body)
    return out.getvalue()


def test_a_file_that_is_larger_than_any_phone_writes_is_refused_unread():
    with pytest.raises(Refusal, match="bundle_too_large"):
        open_bundle(bytes(bundles.MOST_BYTES + 1))


def test_what_a_phone_wrote_is_there_as_it_wrote_it():
    hand_in = PHONE.hand_in()
    photo = str(uuid4())
    part = a_part(PHONE, *PHONE.made, photos={photo: b"a picture"}, hand_in=hand_in)
    bundle = open_bundle(an_export(USER, part))
    (found,) = bundle.parts
    assert (bundle.user, found.eid, found.changes) == (USER, PHONE.eid, PHONE.made)
    assert [(one.id, one.body) for one in found.photos] == [(UUID(photo), b"a picture")]
    assert [sent for _id, sent in found.hand_ins] == [hand_in]


def test_as_much_as_a_phone_can_hold_unsent_is_there_too():
    phone, other = Phone(uuid4(), "0" * 64), Phone(uuid4(), "0" * 64)
    for _ in range(20_000):
        phone.answers("greeted", "yes")
    for _ in range(400):
        other.comments("greeted", '[,{"\\' * 4_000)
    bundle = open_bundle(an_export(USER, a_part(phone, *phone.made), a_part(other, *other.made)))
    assert [len(one.changes) for one in bundle.parts] == [20_000, 400]


def test_a_file_that_hangs_its_reader_is_given_up():
    large = a_part(PHONE, photos={str(uuid4()): bytes(60 * bundles.MEBIBYTE)})
    with pytest.raises(Refusal, match="bundle_too_slow"):
        open_bundle(an_export(USER, large), seconds=0.01)
