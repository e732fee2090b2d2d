"""Reads the pages of one file in a process of its own, with bounded memory and time: nothing of Django is here.

On standard input stand a line of JSON (the layouts, the first page that is wanted, and by which id to read it where
somebody says so) and then the file. On standard output stands a line of JSON for each page begun, and one for each
page read. No byte of it touches a disk.
"""

import base64
import io
import json
import resource
import signal
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from alongside.paper.layout import Choice, Layout
    from alongside.paper.reading.places import Picture, Sheet
    from alongside.paper.reading.results import Reading

MEMORY = 2_500_000_000  # bytes, the libraries themselves included
SECONDS = 60  # for one page
KEPT_PX = 2400  # the longer side of the picture that is kept: about eight to a millimetre
ROUND = 9.0  # millimetres of page shown round boxes


class InMemory(io.BytesIO):
    """A file that lies nowhere; it opens as a path does."""

    def open(self, _mode: str) -> io.BytesIO:
        """Open it from its beginning."""
        return io.BytesIO(self.getvalue())


def main() -> None:
    """Read what stands on standard input."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    wanted = json.loads(sys.stdin.buffer.readline())
    content = InMemory(sys.stdin.buffer.read())
    for said in read(content, wanted):
        sys.stdout.write(json.dumps(said) + "\n")
        sys.stdout.flush()


def read(content: InMemory, wanted: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Read each page from the first that is wanted: what it is, and what is marked on it."""
    import cv2

    from alongside.paper.layout import Layout
    from alongside.paper.reading import taking

    cv2.setNumThreads(1)
    layouts = [Layout.model_validate(one) for one in wanted["layouts"]]
    yield {"expected": _expected(content)}
    signal.alarm(SECONDS)
    for taken in taking.pictures(cast("Path", content)):
        if taken.page >= wanted["first"]:
            yield {"began": taken.page}
            if taken.picture is None:
                yield {"page": taken.page, "outcome": "unreadable", "why": taken.problem, "opened": taken.opened}
            else:
                yield {"page": taken.page, **_one(taken.picture, layouts, wanted.get("as"))}
        if taken.page == wanted.get("last"):
            break
        signal.alarm(SECONDS)
    signal.alarm(0)
    yield {"end": True}


def _one(picture: "Picture", layouts: "list[Layout]", form_id: str | None) -> dict[str, Any]:
    from alongside.paper.reading.reader import read_picture

    reading = read_picture(picture, layouts, with_strips=True)
    layout = next((one for one in layouts if reading.form_id in (one.form_id, *one.copies)), None)
    if form_id:
        layout = next(one for one in layouts if form_id in (one.form_id, *one.copies))
        reading = _by_id(picture, layout, form_id, reading)
    keys = {item.id: item.key or item.id for item in layout.items} if layout else {}
    boxes = _boxes(picture, layout, reading) if layout else {}
    items = [
        {
            "item": keys[one.id], "score": one.score, "status": one.status, "confidence": one.confidence,
            "reason": one.reason, "strip": _text(_jpeg_of(one.strip) or boxes.get(one.id, b"")),
            "strip_at": one.strip_place,
        }
        for one in reading.items
    ]  # fmt: skip
    return {
        "outcome": reading.outcome, "why": reading.why, "form_id": reading.form_id, "form_page": reading.form_page,
        "items": items, "picture": _text(_kept(picture)), "opened": True,
    }  # fmt: skip


def _by_id(picture: "Picture", layout: "Layout", form_id: str, reading: "Reading") -> "Reading":
    """Read a page by the id that somebody says it has; by that of another form, it stays what it is."""
    from alongside.paper.reading import questions

    if reading.form_id or reading.outcome not in {"no_code", "unknown_id"}:
        return reading
    sheet = _sheet(picture, layout, reading.form_page)
    if sheet is None:
        return replace(reading, outcome="unreadable", why="The corners of this page cannot be seen; scan it again.")
    items = questions.read(picture, sheet, layout, with_strips=True)
    if items is None:
        return replace(reading, outcome="unreadable", why="The printed lines cannot be seen; scan it again.")
    return replace(reading, outcome="ok", why="", form_id=form_id, form_page=sheet.page, items=tuple(items))


def _sheet(picture: "Picture", layout: "Layout", page: int | None) -> "Sheet | None":
    from alongside.paper.reading import places

    wanted = {marker.id for number in layout.page_numbers for marker in layout.page(number).markers}
    markers, _twice = places.found(picture, wanted)
    laid = (places.laid(layout, number, markers) for number in ([page] if page else layout.page_numbers))
    return next((sheet for sheet in laid if sheet is not None), None)


def _boxes(picture: "Picture", layout: "Layout", reading: "Reading") -> dict[str, bytes]:
    """Cut out a picture of each question with boxes."""
    from alongside.paper.layout import Choice

    wanted = {one.id for one in reading.items if not one.strip}
    choices = [item for item in layout.items if isinstance(item, Choice) and item.id in wanted]
    sheet = _sheet(picture, layout, reading.form_page) if choices else None
    return {choice.id: _window(picture, sheet, choice) for choice in choices} if sheet else {}


def _window(picture: "Picture", sheet: "Sheet", choice: "Choice") -> bytes:
    import cv2
    import numpy as np

    from alongside.paper.reading.strips import PX

    across = [box.centre_mm[0] for box in choice.boxes]
    down = [box.centre_mm[1] for box in choice.boxes]
    left, top = min(across) - ROUND, min(down) - ROUND
    size = (round((max(across) - left + 5 * ROUND) * PX), round((max(down) - top + ROUND) * PX))
    placed = np.array([[1 / PX, 0, left], [0, 1 / PX, top], [0, 0, 1]], np.float64)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    cut = cv2.warpPerspective(picture, sheet.to_picture @ placed, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return _jpeg(np.asarray(cut, np.uint8))


def _kept(picture: "Picture") -> bytes:
    import cv2
    import numpy as np

    share = min(1.0, KEPT_PX / max(picture.shape))
    small = cv2.resize(picture, None, fx=share, fy=share, interpolation=cv2.INTER_AREA) if share < 1 else picture
    return _jpeg(np.asarray(small, np.uint8))


def _jpeg_of(png: bytes) -> bytes:
    import cv2
    import numpy as np

    return _jpeg(np.asarray(cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_GRAYSCALE))) if png else b""


def _jpeg(picture: "Picture") -> bytes:
    import cv2

    made, jpeg = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, 80])
    return jpeg.tobytes() if made else b""


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _expected(content: InMemory) -> int | None:
    """How many pages a PDF has; other files say so only at their end."""
    import pypdfium2

    if b"%PDF-" not in content.getvalue()[:1024]:
        return None
    try:
        document = pypdfium2.PdfDocument(content.getvalue())
    except pypdfium2.PdfiumError:
        return None
    try:
        return len(document)
    finally:
        document.close()


if __name__ == "__main__":
    main()
