"""The format of a definition as JSON Schema, for editors that check while one writes."""

from typing import Any

from alongside.instruments.schema import Instrument

QUESTIONS = ("Item", "Choices", "Words")


def json_schema() -> dict[str, Any]:
    """Give the format that a definition's file has.

    Returns
    -------
    dict
        JSON Schema, draft 2020-12. What `every_item` may say for all questions is required of none of them; whether
        the parts fit together, such as a score and its questions, only `alongside instruments check` can tell.

    Examples
    --------
    >>> sorted(json_schema()["required"])
    ['informant', 'key', 'licence', 'name', 'reference_period', 'version']
    """
    found = Instrument.model_json_schema(mode="validation", by_alias=True)
    for name in QUESTIONS:
        found["$defs"][name].pop("required")
    asked = {"anyOf": [{"$ref": f"#/$defs/{name}"} for name in QUESTIONS]}
    found["properties"]["items"] = {"type": "array", "title": "Items", "items": asked}
    found["required"].remove("items")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found}
