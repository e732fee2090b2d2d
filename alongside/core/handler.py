"""How a request goes through the site."""

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.http import HttpRequest, HttpResponseBase


class InOneThread(ASGIHandler):
    """Answer a request in one thread, from the first middleware to the page and back.

    No page here is asynchronous. Django would go from thread to thread and back for each, which costs more than most
    pages do.
    """

    def load_middleware(self, is_async: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - Django's own signature
        super().load_middleware(is_async=False)

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        return await sync_to_async(self.get_response)(request)
