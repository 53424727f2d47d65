"""Bad input of any kind gets an answer in our envelope, and never breaks anything."""

import json
from typing import Any
from uuid import UUID, uuid4

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from tests.phones import Phone
from tests.shopper.field.conftest import API, OURS, Line

EVERY_TIME = settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # what was stored before is part of the test
)
ODD = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
    | st.sampled_from(["\ud800", "\x00", "yes"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
DEEP = "[" * 5000 + "]" * 5000


def is_ours(response: TestResponse) -> bool:
    body = response.get_json()
    return (
        response.status_code in (200, 201, 404, 405, 409, 413, 415, 422)
        and len({"data", "error"} & body.keys()) == 1
    )


def send(line: Line, address: str, method: str, body: bytes) -> TestResponse:
    return line.visitor.open(
        f"{API}/evaluations/{line.eid}/{address}",
        method=method,
        data=body,
        content_type="application/json",
        headers=OURS,
    )


def a_change(eid: Any) -> dict[str, Any]:
    return Phone(UUID(str(eid)), "0" * 64).attaches(b"bytes", "greeted")


@EVERY_TIME
@given(body=st.binary(max_size=200) | ODD.map(lambda odd: json.dumps(odd).encode()))
@example(body=DEEP.encode())
@example(body=f'{{"changes": [{DEEP}]}}'.encode())
@example(body=b'{"changes": [' + b"9" * 4000 + b"]}")
def test_any_bytes_at_all(line, body):
    assert is_ours(send(line, "changes", "POST", body))
    assert is_ours(send(line, f"submissions/{uuid4()}", "PUT", body))


@EVERY_TIME
@given(batch=st.lists(ODD, max_size=5))
def test_any_batch_at_all_leaves_room_for_a_good_change(line, batch):
    good = Phone(line.eid, "0" * 64).answers("greeted", "yes")
    response = send(line, "changes", "POST", json.dumps({"changes": [*batch, good]}).encode())
    assert response.status_code == 200, response.text
    assert response.get_json()["data"]["results"][-1]["result"] in ("stored", "forked")


@EVERY_TIME
@given(part=st.sampled_from(sorted(a_change(uuid4()))), odd=ODD)
@example(part="seq", odd=2**63)
@example(part="wall_ms", odd=2**70)
@example(part="value", odd={"photo": None})
def test_any_part_of_a_change_may_be_odd(line, part, odd):
    change = a_change(line.eid) | {part: odd}
    response = send(line, "changes", "POST", json.dumps({"changes": [change]}).encode())
    assert response.status_code == 200, response.text
    for address in (f"evaluations/{line.eid}/state", "me/visits"):
        assert line.get(address).status_code == 200


@EVERY_TIME
@given(part=st.sampled_from(["part", "round", "manifest", "did", "changes", "photos", "left_out"]), odd=ODD)
@example(part="round", odd=10**30)
@example(part="photos", odd=[{"id": str(uuid4()), "sha256": "f" * 64}])
def test_any_part_of_a_hand_in_may_be_odd(line, part, odd):
    sent = Phone(line.eid, "0" * 64).hand_in()
    (sent if part in sent else sent["manifest"])[part] = odd
    assert is_ours(send(line, f"submissions/{uuid4()}", "PUT", json.dumps(sent).encode()))


@EVERY_TIME
@given(
    body=st.binary(max_size=300),
    mime=st.sampled_from(["image/jpeg", "", "text/plain", 'image/heic; x="', "a/b/c"]),
)
def test_any_bytes_as_a_photo(line, body, mime):
    response = line.photo(body, mime=mime)
    assert response.status_code in (413, 415, 422)
    assert is_ours(response)


@EVERY_TIME
@given(stated=st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=80))
@example(stated="sha-256=:" + "A" * 43 + "=:")
def test_any_check_sum_header(line, stated):
    response = line.photo(b"\xff\xd8\xff", **{"Repr-Digest": stated})
    assert response.status_code == 422
