"""Fills in a form, wears the paper, and scans or photographs it; the same seed makes the same pages."""

import io
from dataclasses import replace
from functools import lru_cache
from typing import Literal

import numpy as np
import pypdfium2
from PIL import Image

from alongside.paper.invented import boxes, cameras, hands, marks, nones, pens, scanners, wear
from alongside.paper.invented.hands import Hand
from alongside.paper.invented.pens import Pen
from alongside.paper.invented.scanners import Scanned
from alongside.paper.invented.truth import Invented, Kind, Picture, Truth
from alongside.paper.layout import Choice, Layout, Line

type Pages = Literal["clean", "scan", "hard scan", "photo", "hard photo", "doubtful", "ends", "none"]

PX_PER_MM = 300 / 25.4
KINDS: tuple[Pages, ...] = ("clean", "scan", "hard scan", "photo", "hard photo", "doubtful", "ends", "none")
MIXES: dict[str, tuple[float, float, float, float]] = {  # clear, tolerated, must_review, missing
    "clean": (0.94, 0.0, 0.0, 0.06),
    "doubtful": (0.28, 0.22, 0.42, 0.08),
    "ends": (0.5, 0.0, 0.0, 0.05),
}
HARSH = {"copied", "black and white", "fax", "text mode"}
WEAK = 0.9  # what a pen must leave for its marks to be sure to outlast those
USUAL = (0.76, 0.14, 0.04, 0.06)


def pages(kind: Pages, seed: int, layout: Layout, pdf: bytes) -> list[Invented]:
    """Fill in one copy of a form and bring in its pages.

    Parameters
    ----------
    kind
        One of `KINDS`: "scan" and "photo" are ordinary, "hard scan" and "hard photo" are what also comes in; "clean"
        and "doubtful" are scans of clear and of doubtful marks, "ends" of marks at 0 and 10. "none" must not be read.
    seed
        Any number from 0; each fills in the form in another way.
    layout
        Of the form.
    pdf
        The form.

    Returns
    -------
    list of Invented
        One for each page of the form.

    Examples
    --------
    >>> from alongside.instruments import loader
    >>> from alongside.paper.form.printing import printed
    >>> form = printed(loader.load("service-evaluation"), seed=1)
    >>> one = pages("scan", 1, form.layout, form.pdf)[0]
    >>> sorted(one.items)[:2], one.none
    (['q1', 'q10'], False)
    """
    rng = np.random.default_rng([seed, KINDS.index(kind)])
    hand, pen = hands.some(rng), pens.some(rng)
    found = []
    for number in layout.page_numbers:
        page = _blank(pdf, number - 1).copy()
        befell = _before(rng, kind, page)
        items = {}
        for item in layout.items:
            if item.page == number:
                items[item.id] = _fill(rng, kind, page, item, hand, pen)
        befell += _after(rng, kind, page)
        taken = _taken(rng, kind, page)
        if pen.dark < WEAK and HARSH & {*befell, *taken.made}:
            items = {key: _washed_out(truth) for key, truth in items.items()}
        made = (pen.name, *befell, *taken.made)
        file, suffix = _filed(rng, taken.picture)
        found.append(
            Invented(
                file=file, suffix=suffix, picture=taken.picture, made=made, none=kind == "none",
                page=0 if kind == "none" else number, items={} if kind == "none" else items,
            )
        )  # fmt: skip
    return found


@lru_cache(maxsize=4)
def _blank(pdf: bytes, page: int) -> Picture:
    """The page as it was printed, at 300 dpi."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return np.asarray(document[page].render(scale=300 / 72, rev_byteorder=False).to_numpy()[..., :3], np.uint8)
    finally:
        document.close()


def _mix(rng: np.random.Generator, kind: Pages) -> Kind:
    chances = np.array(MIXES.get(kind, USUAL))
    kinds: tuple[Kind, ...] = ("clear", "tolerated", "must_review", "missing")
    return kinds[int(rng.choice(4, p=chances / chances.sum()))]


def _fill(rng: np.random.Generator, kind: Pages, page: Picture, item: Line | Choice, hand: Hand, pen: Pen) -> Truth:
    wanted = _mix(rng, kind)
    if isinstance(item, Choice):
        how, (strokes, box, weak) = boxes.some(rng, hand, wanted, item.boxes)
        pens.draw(rng, page, PX_PER_MM, strokes, pens.faint(rng) if weak else pen)
        return Truth(kind=wanted, how=how, box=box)
    x = float(rng.uniform(0, 100)) if rng.random() < 0.2 else float(np.clip(100 * rng.beta(1.2, 1.2), 1.5, 98.5))
    if kind == "ends" and wanted != "missing" and rng.random() < 0.6:
        wanted, how, mark = "tolerated", "at an end", marks.at_an_end(rng, hand, x)
    else:
        how, mark = marks.some(rng, hand, wanted, x)
    start, end = np.array(item.start_mm), np.array(item.end_mm)
    along = (end - start) / np.hypot(*(end - start))
    turned = np.array([along, [-along[1], along[0]]])
    scale = float(np.hypot(*(end - start))) / marks.LENGTH
    strokes = [start + np.column_stack([one[:, 0] * scale, one[:, 1]]) @ turned for one in mark.strokes]
    pens.draw(rng, page, PX_PER_MM, strokes, pens.faint(rng) if mark.faint else pen)
    score = None if mark.at is None else round(float(np.clip(mark.at, 0, marks.LENGTH)) / 10, 4)
    if wanted == "clear" and mark.at is not None and not 1.0 <= mark.at <= marks.LENGTH - 1.0:
        wanted, how = "tolerated", "at an end"
    return Truth(kind=wanted, how=how, score=score)


def _washed_out(truth: Truth) -> Truth:
    """A mark that may not have outlasted the copier: whether it is read or shown, both are right."""
    if truth.kind != "clear":
        return truth
    return replace(truth, kind="tolerated", how=f"{truth.how}, washed out")


def _before(rng: np.random.Generator, kind: Pages, page: Picture) -> tuple[str, ...]:
    """What printing does to a page before anybody writes on it."""
    if kind in {"hard scan", "hard photo"} and rng.random() < 0.3:
        wear.copied(rng, page, PX_PER_MM)
        return ("copy of a copy",)
    if kind not in {"clean", "none"} and rng.random() < 0.25:
        wear.poor_print(rng, page, PX_PER_MM)
        return ("poor print",)
    return ()


def _after(rng: np.random.Generator, kind: Pages, page: Picture) -> tuple[str, ...]:
    """What paper goes through between the pen and the scanner."""
    ordinary = {"punched": (wear.punched, 0.1), "other side": (wear.other_side, 0.1)}
    rough = {
        "folded": (wear.folded, 0.4), "creased": (wear.creased, 0.15), "coffee": (wear.coffee, 0.2),
        "smeared": (wear.smeared, 0.12), "punched": (wear.punched, 0.2), "other side": (wear.other_side, 0.15),
        "copied": (wear.copied_lightly, 0.1),
    }  # fmt: skip
    befell = []
    if kind not in {"clean", "none"}:
        wear.specks(rng, page, PX_PER_MM, count=int(rng.integers(0, 25)))
    for name, (wearing, chance) in (rough if kind in {"hard scan", "hard photo"} else ordinary).items():
        if kind not in {"clean", "none"} and rng.random() < chance:
            wearing(rng, page, PX_PER_MM)
            befell.append(name)
    if kind == "hard photo" and rng.random() < 0.06:
        wear.on_a_screen(rng, page, PX_PER_MM)
        befell.append("on a screen")
    return tuple(befell)


def _taken(rng: np.random.Generator, kind: Pages, page: Picture) -> Scanned:
    match kind:
        case "photo" | "hard photo":
            return cameras.photo(rng, page, PX_PER_MM, hard=kind == "hard photo")
        case "hard scan":
            return scanners.hard(rng, page, PX_PER_MM)
        case "none":
            return nones.none(rng, page, PX_PER_MM)
        case _:
            return scanners.ordinary(rng, page, PX_PER_MM)


def _filed(rng: np.random.Generator, picture: Picture) -> tuple[bytes, str]:
    """The picture as a file: mostly JPEG, some turned by what the camera noted, some PNG."""
    colour = Image.fromarray(np.ascontiguousarray(picture[..., ::-1]))
    kept = io.BytesIO()
    if rng.random() < 0.15:
        colour.save(kept, "PNG", compress_level=1)
        return kept.getvalue(), ".png"
    noted = Image.Exif()
    turn = int(rng.choice([1, 3, 6, 8], p=[0.8, 0.05, 0.1, 0.05]))
    if turn != 1:
        noted[0x0112] = turn
        colour = colour.rotate({3: 180, 6: 90, 8: 270}[turn], expand=True)
    colour.save(kept, "JPEG", quality=int(rng.integers(50, 93)), exif=noted)
    return kept.getvalue(), ".jpg"
