"""What the pages of the guideline begin with."""

from typing import cast

from django.http import HttpRequest, QueryDict

from alongside.access import kept
from alongside.access.models import User
from alongside.audit import actions as audit
from alongside.moderation.models import Guideline


def me(request: HttpRequest) -> User:
    """Who is asking. The door has let nobody in who has not signed in."""
    return cast(User, request.user)


def sent(request: HttpRequest) -> tuple[QueryDict | None, bool]:
    """What was sent to this page: now, or when the session had ended, and whether we kept it."""
    if request.method == "POST":
        return request.POST, False
    said = kept.take(request)
    return said, said is not None


def looked(request: HttpRequest, guideline: Guideline, page: str) -> None:
    """Keep that they looked."""
    audit.record(by=me(request).pk, did="guideline.viewed", subject=f"guideline:{guideline.pk}", details={"page": page})
