"""One press of a button makes one record, however often the press arrives."""

from django.db.models import Model


def made[Row: Model](model: type[Row], key: str) -> Row | None:
    """What this press has made already."""
    return model._default_manager.filter(pk=key).first() if key else None


def named(key: str) -> dict[str, str]:
    """The key for a new record; where no page gave one, the record finds its own."""
    return {"key": key} if key else {}
