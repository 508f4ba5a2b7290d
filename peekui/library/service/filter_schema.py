"""JSON schema of filters (mixpeek-api.md, section 6), for the OpenAPI document; filters/wire.py reads them."""

from __future__ import annotations

from typing import Any, Final

__all__ = ["FILTER_REF", "FILTER_SCHEMAS"]

FILTER_REF: Final = "#/components/schemas/LogicalObject"
_SCALAR: Final = {"type": ["string", "number", "boolean", "null"]}
_NODES: Final = {
    "type": ["array", "null"],
    "maxItems": 20,
    "items": {"anyOf": [{"$ref": "#/components/schemas/Condition"}, {"$ref": FILTER_REF}]},
}


def _condition(operators: list[str], value: dict[str, Any], *, optional: bool = False) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {
            "key": {"type": "string", "minLength": 1},
            "operator": {"enum": operators},
            "value": value,
        },
        "required": ["key", *([] if "eq" in operators else ["operator"]), *([] if optional else ["value"])],
        "additionalProperties": False,
    }


FILTER_SCHEMAS: Final[dict[str, Any]] = {
    "Condition": {
        "title": "Condition",
        "anyOf": [
            _condition(["eq", "ne", "neq"], _SCALAR, optional=True),
            _condition(["gt", "gte", "lt", "lte"], {"type": ["string", "number"]}),
            _condition(["in", "nin"], {"type": "array", "items": _SCALAR}),
            _condition(["exists", "is_null"], {"type": "boolean"}, optional=True),
            _condition(["text"], {"type": "string"}),
        ],
    },
    "LogicalObject": {
        "title": "LogicalObject",
        "type": "object",
        "properties": {"case_sensitive": {"type": ["boolean", "null"]}, "AND": _NODES, "OR": _NODES, "NOR": _NODES},
        "additionalProperties": False,
    },
}
"""Nested at most 20 deep, which a schema cannot say."""
