"""One text per document, and a schema that names all its parts."""

import json
from typing import Any

import pytest
from hypothesis import given

from evaluations.document import canonical, tree
from evaluations.document.tree import Document, Kind, Part
from tests.evaluations.scoring.generated import documents

SCHEMA = canonical.json_schema()


def test_floats_are_refused() -> None:
    with pytest.raises(TypeError):
        canonical.canonical_json({"questions": [{"points": 0.5}]})


@given(documents())
def test_a_document_survives_being_written_and_read(document: Document) -> None:
    text = canonical.write(document)
    assert canonical.read(text) == document
    assert canonical.write(canonical.read(text)) == text


def test_the_same_document_has_one_text_however_it_was_put() -> None:
    one = '{"scoring": {"target": "80.50"}, "languages": ["en"]}'
    other = '{"languages":["en"],"scoring":{"target":80.5}}'
    assert canonical.write(canonical.read(one)) == canonical.write(canonical.read(other))


def test_the_text_is_sorted_and_without_spaces() -> None:
    assert canonical.canonical_json({"b": [1, "ñ"], "a": None}) == '{"a":null,"b":[1,"ñ"]}'


def test_a_document_is_named_by_the_hash_of_its_text() -> None:
    assert canonical.content_hash("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


# The schema


BASES = (Part, tree.Question, tree.Scored, tree.Measured, tree.Choice)


def parts() -> list[type[Part]]:
    """Every class of the document that stands in it."""
    found = [each for each in vars(tree).values() if isinstance(each, type) and issubclass(each, Part)]
    return [each for each in found if each not in BASES]


@pytest.mark.parametrize("part", parts(), ids=lambda part: part.__name__)
def test_the_schema_names_every_field_of_every_part(part: type[Part]) -> None:
    described = SCHEMA if part is Document else SCHEMA["$defs"][part.__name__]
    assert set(described["properties"]) == set(part.model_fields)
    assert described["additionalProperties"] is False


def test_the_schema_tells_the_kinds_apart_by_their_kind() -> None:
    questions = SCHEMA["$defs"]["Touchpoint"]["properties"]["questions"]["items"]
    assert set(questions["discriminator"]["mapping"]) == {kind.value for kind in Kind}
    for reference in questions["discriminator"]["mapping"].values():
        assert "kind" in SCHEMA["$defs"][reference.rpartition("/")[2]]["required"]


def test_the_schema_holds_points_to_two_decimals_and_their_limits() -> None:
    assert SCHEMA["$defs"]["Option"]["properties"]["points"]["anyOf"] == [
        {"type": "number", "minimum": -1000, "maximum": 1000},
        {"type": "string", "pattern": r"^-?\d+(\.\d{1,2})?$"},
    ]
    assert SCHEMA["$defs"]["YesNo"]["properties"]["points"]["anyOf"][0]["minimum"] == 0


def test_the_schema_holds_measures_to_six_decimals() -> None:
    [_number, text, _none] = SCHEMA["$defs"]["Number"]["properties"]["maximum"]["anyOf"]
    assert text["pattern"] == r"^-?\d+(\.\d{1,6})?$"


def test_a_document_of_before_there_were_more_kinds_reads_unchanged() -> None:
    old = """{"format": 1, "touchpoints": [{"key": "t", "questions": [
        {"key": "q", "kind": "yes_no", "critical": {"on": ["no"], "effect": "fails_visit", "cap": null}}]}]}"""
    [question] = canonical.read(old).questions()
    assert question.critical is not None
    assert (question.critical.on, question.internal, question.due_days) == (("no",), False, None)


def test_every_reference_in_the_schema_leads_somewhere() -> None:
    def references(node: Any) -> list[str]:
        if isinstance(node, dict):
            own = [node["$ref"]] if "$ref" in node else []
            return own + [found for each in node.values() for found in references(each)]
        return [found for each in node for found in references(each)] if isinstance(node, list) else []

    assert {reference.rpartition("/")[2] for reference in references(SCHEMA)} <= set(SCHEMA["$defs"])


def test_the_schema_is_plain_json() -> None:
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA
