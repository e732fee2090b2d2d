"""The bare core that boards are compared with: no sign-in, no check, no log of events, one table.

A frame for a board every tenth of a second, encoded once; a queue for each listener; Django’s own streaming answer.
Run by `board_load.py` with the same server, in the same way as the site.
"""

import asyncio
import json
import os
from pathlib import Path

import django
from django.conf import settings

TICK = 0.1
settings.configure(
    SECRET_KEY="bare",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=[],
    MIDDLEWARE=[],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": Path(os.environ["BARE_HOME"]) / "bare.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
        }
    },
)
django.setup()

from django.core.asgi import get_asgi_application  # noqa: E402 - these need the settings
from django.db import connection, models  # noqa: E402
from django.http import HttpResponse, StreamingHttpResponse  # noqa: E402
from django.urls import path  # noqa: E402


class Note(models.Model):
    board = models.CharField(max_length=32)
    text = models.TextField()
    at = models.FloatField()

    class Meta:
        app_label = "bare"


with connection.schema_editor() as editor:
    editor.create_model(Note)

listening: dict[str, set[asyncio.Queue]] = {}
pending: dict[str, list[dict]] = {}
ticking: list[asyncio.Task] = []


async def tick() -> None:
    while True:
        await asyncio.sleep(TICK)
        for board, items in list(pending.items()):
            if items:
                pending[board] = []
                frame = ("data: " + json.dumps(items) + "\n\n").encode()
                for queue in listening.get(board, ()):
                    queue.put_nowait(frame)


async def events(request):
    if not ticking:
        ticking.append(asyncio.create_task(tick()))
    board, queue = request.GET["board"], asyncio.Queue()
    listening.setdefault(board, set()).add(queue)

    async def stream():
        try:
            yield b": ok\n\n"
            while True:
                yield await queue.get()
        finally:
            listening[board].discard(queue)

    return StreamingHttpResponse(stream(), content_type="text/event-stream")


async def write(request):
    said = json.loads(request.body)
    note = await Note.objects.acreate(board=said["board"], text=said["text"], at=said["t"])
    pending.setdefault(said["board"], []).append({"id": note.pk, "text": said["text"], "t": said["t"]})
    return HttpResponse(b"ok", headers={"Content-Length": "2"})


urlpatterns = [path("events", events), path("note", write)]
application = get_asgi_application()
