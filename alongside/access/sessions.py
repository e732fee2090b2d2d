"""Where sessions are kept: each says whose it is, and what stands in it is unreadable in the database."""

from typing import Any, cast

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db

from alongside.access.models import Session
from alongside.core.encryption import Unreadable


class SessionStore(db.SessionStore):
    """Django's sessions in the database, with two differences: encrypted, and with their person."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def load(self) -> dict[str, Any]:
        """What stands in the session; nothing, if it does not open with our keys or was moved here from another."""
        try:
            return super().load()
        except Unreadable:
            self._session_key = None
            return {}

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row, with whose session it is."""
        row = cast(Session, super().create_model_instance(data))
        row.user_id = data.get(SESSION_KEY)
        return row
