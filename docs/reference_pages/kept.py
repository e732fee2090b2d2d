"""The page of every record that the site keeps."""

import inspect
from typing import Any

from reference_pages.loading import load_models

PRIVACY = """# What is kept, and how private it is

Every record that the site keeps, field by field: for a record of processing, an impact assessment, or somebody who asks
what is held about them. Each field stands on one list of its model, and a test fails when one does not.

| list | means |
|---|---|
| identifying | names somebody, or is in somebody’s own words |
| sensitive | tells about somebody’s life or support, and names nobody |
| operational | keeps the site working: keys, links, times |
| public | anybody may see it |

**Encrypted** fields cannot be read in the database, nor in a backup, without the key file. Everything that identifies a
client is encrypted; names and emails of staff are [the one exception](../adr/0008-sign-in-emails.md). Answers to forms,
dates of support and gender are not encrypted: they stand under random keys, so that they can be counted.
[How data is protected](../explanation/protecting-data.md) says what that means.

Every record but the audit’s also has `key`, a random text that says nothing, and `made_at`, the time at which it was
made. Both are operational.

Beside these records the site keeps what its libraries need: sessions, which hold a worker’s key and, encrypted, what
they were writing when they were signed out; authenticators and recovery codes, encrypted; and for some minutes a count
of sign-ins that were tried, with the network address they came from. Of the files that people send it keeps scans of
paper forms alone: encrypted, and for 90 days after they are in the record.
"""


def privacy() -> str:
    """Return the page of every model and field, but for the demo's own: it is never where real people are."""
    load_models()
    from django.apps import apps

    parts = [PRIVACY]
    for room in apps.get_app_configs():
        models = [model for model in room.get_models() if hasattr(model, "Privacy")]
        if models and room.label != "demo":
            parts.append(f"\n## {room.label}\n" + "".join(map(_record, models)))
    return "".join(parts)


def _record(model: Any) -> str:  # noqa: ANN401 - a Django model, loaded late
    meta = model._meta
    lists = {name: kind for kind, names in vars(model.Privacy).items() if kind[0] != "_" for name in names}
    rows = [
        f"| {field.name} | {_holds(field)} | {lists[field.name]} | {'yes' if sealed(field) else 'no'} |\n"
        for field in (*meta.local_fields, *meta.local_many_to_many)
        if field.name not in {"key", "made_at"}
    ]
    head = "| field | holds | list | encrypted |\n|---|---|---|---|\n"
    return f"\n### {model.__name__}\n\n{inspect.getdoc(model)}\n\n{head}{''.join(rows)}"


KINDS = {
    "BooleanField": "yes or no", "BinaryField": "a file", "JSONField": "several values", "DateField": "a date",
    "DateTimeField": "a date and time", "PositiveIntegerField": "a number", "PositiveSmallIntegerField": "a number",
    "BigAutoField": "a number", "EncryptedDate": "a date", "EncryptedList": "a list of texts",
}  # fmt: skip


def _holds(field: Any) -> str:  # noqa: ANN401
    if field.many_to_many:
        return f"links to {field.related_model._meta.verbose_name_plural}"
    if field.related_model:
        return f"a link to {field.related_model._meta.verbose_name}"
    if field.name == "password":
        return "a password, hashed with Argon2"
    if field.flatchoices:
        return "one of: " + "; ".join(str(label) for _, label in field.flatchoices)
    return KINDS.get(type(field).__name__, "text")


def sealed(field: Any) -> bool:  # noqa: ANN401
    from alongside.core.encryption import EncryptedText

    return isinstance(field, EncryptedText)
