"""A document as bytes: one JSON text per document, and the hash that names a version."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from pydantic import ValidationError
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core.core_schema import DecimalSchema

from evaluations.document.tree import Document
from evaluations.errors import Invalid


def canonical_json(value: Any) -> str:
    """`value` as JSON with sorted keys and no spaces; numbers must be whole (floats are refused)."""
    _refuse_floats(value)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def write(document: Document) -> str:
    """The canonical JSON text of `document`: what is stored, served and hashed."""
    return canonical_json(document.model_dump(mode="json"))


def read(text: str | bytes) -> Document:
    """The document that `text` holds; refused with `document_not_json`, or `bad_document` that says where."""
    try:
        return Document.model_validate_json(text)
    except ValidationError as error:
        first = error.errors()[0]
        if first["type"] == "json_invalid":
            raise Invalid("document_not_json", reason=first["ctx"]["error"]) from error
        where = ".".join(str(step) for step in first["loc"]) or "$"
        raise Invalid("bad_document", where=where, reason=first["msg"]) from error


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a document, for whoever writes one by other means than the designer."""
    made = Document.model_json_schema(schema_generator=_Schema)
    for part in made["$defs"].values():
        if "const" in part.get("properties", {}).get("kind", {}):
            part["required"].append("kind")  # by which a reader tells the kinds apart
    return {"$schema": _Schema.schema_dialect, **made}


class _Schema(GenerateJsonSchema):
    """Says of decimals written as text what their validators hold: two places, or as many as are named."""

    def decimal_schema(self, schema: DecimalSchema) -> JsonSchemaValue:
        made = super().decimal_schema(schema)
        places = schema.get("decimal_places", 2)
        for way in made["anyOf"]:
            if way["type"] == "string":
                way["pattern"] = rf"^-?\d+(\.\d{{1,{places}}})?$"
        return made


def content_hash(text: str) -> str:
    """The SHA-256 of the canonical text in hexadecimal: a published version's name."""
    return hashlib.sha256(text.encode()).hexdigest()


def _refuse_floats(value: Any) -> None:
    if isinstance(value, float):
        raise TypeError("a document holds no floats")
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _refuse_floats(item)
