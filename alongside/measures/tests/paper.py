"""Forms that nobody filled in: printed, marked, scanned; for the tests about paper."""

import io
from collections.abc import Callable
from typing import Any

import numpy as np
import pypdfium2
from PIL import Image, ImageDraw

from alongside.measures.actions.paper import arriving, printing
from alongside.measures.models import Mark, Page, PaperForm, Questionnaire
from alongside.measures.paper import reader
from alongside.measures.queries import library
from alongside.paper.layout import Layout, Line

DPI = 150
PX = DPI / 25.4


def printed(episode: Any, by: Any, **said: Any) -> bytes:
    """A service evaluation form for the client of this support."""
    from alongside.core import clock

    known = library.one_measure(said.pop("measure", library.SERVICE_EVALUATION))
    assert known is not None
    wanted = {"occasion": Questionnaire.Occasion.FORTNIGHT, "about_on": clock.today(), "large": False, **said}
    return printing.for_client(episode=episode, known=known, by=by, **wanted)


def scanned(pdf: bytes, page: int = 0) -> Image.Image:
    """A page as a scanner gives it, with nothing marked."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return document[page].render(scale=DPI / 72).to_pil().convert("L")
    finally:
        document.close()


def marked(picture: Image.Image, form: PaperForm, number: int = 1, **values: float | None) -> Image.Image:
    """The page with a cross on each line at 5, but where it is said otherwise; None leaves a line empty."""
    layout = Layout.model_validate_json(form.edition.layout)
    drawn = ImageDraw.Draw(picture)
    for item in layout.items:
        value = values.get(item.key, 5.0)
        if isinstance(item, Line) and item.page == number and value is not None:
            x = (item.start_mm[0] + value * 10) * PX
            cross(drawn, x, item.start_mm[1] * PX)
    return picture


def cross(drawn: ImageDraw.ImageDraw, x: float, y: float, size: float = 2.6) -> None:
    """Two strokes of a ball pen."""
    reach = size * PX
    drawn.line([x - reach, y - reach, x + reach, y + reach], fill=25, width=3)
    drawn.line([x - reach, y + reach, x + reach, y - reach], fill=25, width=3)


def jpeg(picture: Image.Image) -> bytes:
    """The picture as a file, with the noise of a scanner."""
    noise = np.random.default_rng(1).normal(0, 2.5, (picture.height, picture.width))
    grey = np.clip(np.asarray(picture, float) + noise, 0, 255).astype(np.uint8)
    out = io.BytesIO()
    Image.fromarray(grey).save(out, "JPEG", quality=90)
    return out.getvalue()


def pdf_of(*pictures: Image.Image) -> bytes:
    """A scanner's PDF."""
    out = io.BytesIO()
    first, *others = pictures
    first.save(out, "PDF", resolution=DPI, save_all=True, append_images=others)
    return out.getvalue()


def ticked(picture: Image.Image, form: PaperForm, value: float) -> Image.Image:
    """The page with a cross in the box of this value at each question."""
    layout = Layout.model_validate_json(form.edition.layout)
    drawn = ImageDraw.Draw(picture)
    for item in layout.items:
        if not isinstance(item, Line):
            box = next(one for one in item.boxes if one.value == value)
            cross(drawn, box.centre_mm[0] * PX, box.centre_mm[1] * PX, box.size_mm * 0.36)
    return picture


def bringing(browser: Any, by: Any) -> Callable[..., Page]:
    """Return how somebody brings in a page, the site reads it, and they keep every mark on it in their browser."""

    def send(picture: Image.Image, *, keep: bool = True) -> Page:
        arriving.bring_in(files=[io.BytesIO(jpeg(picture))], by=by)
        reader.read_waiting()
        page = Page.objects.order_by("-made_at", "-number")[0]
        for mark in Mark.objects.filter(settled="", page=page) if keep else ():
            said = {"mark": f"{mark.was:.1f}", "do": "keep"} if mark.was is not None else {"do": "missing"}
            browser.post(f"/measures/paper/marks/{mark.pk}/", said)
        return Page.objects.get(pk=page.pk)

    return send


def said_of(browser: Any, page: Page) -> str:
    """What a worker reads of a page."""
    return " ".join(browser.get(f"/measures/paper/pages/{page.pk}/").text.split())
