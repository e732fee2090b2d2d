"""Invented pages are what their truth says, differ as people do, and are the same again by their seed."""

from collections import Counter

import cv2
import numpy as np
import pytest

from alongside.instruments import loader
from alongside.paper.form.printing import Printed, printed
from alongside.paper.invented import KINDS, Invented, pages
from alongside.paper.layout import Choice, Layout, Line

FINE = 10  # pixels a millimetre of what is looked at


@pytest.fixture(scope="module")
def form() -> Printed:
    return printed(loader.load("service-evaluation"), seed=1)


@pytest.fixture(scope="module")
def clean(form: Printed) -> list[Invented]:
    return [page for seed in range(8) for page in pages("clean", seed, form.layout, form.pdf)]


def upright(page: Invented, layout: Layout) -> np.ndarray:
    """The ink of a page put straight by its markers, in mm times ten; 1 for black."""
    finder = cv2.aruco.ArucoDetector(cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_4X4_50))
    corners, found, _ = finder.detectMarkers(page.picture)
    wanted = {marker.id: np.array(marker.corners_mm) for marker in layout.page(page.page).markers}
    seen = np.vstack([square[0] for square in corners])
    meant = np.vstack([wanted[int(one)] for one in found.ravel()]) * FINE
    turn, _ = cv2.findHomography(seen, meant.astype(np.float32))
    size = tuple(round(side * FINE) for side in layout.page_mm)
    grey = cv2.cvtColor(cv2.warpPerspective(page.picture, turn, size), cv2.COLOR_BGR2GRAY)
    return 1 - grey / np.percentile(grey, 90)


def test_the_same_seed_makes_the_same_page(form: Printed) -> None:
    one, again, other = (pages("scan", seed, form.layout, form.pdf)[0] for seed in (3, 3, 4))
    assert (one.file, one.items) == (again.file, again.items)
    assert one.file != other.file


def test_marks_are_where_truth_says(form: Printed, clean: list[Invented]) -> None:
    """The ink just above and below the line lies, in the mean, to both sides of where a cross is."""
    off = []
    for page in clean:
        ink = upright(page, form.layout)
        for item in form.layout.items:
            truth = page.items[item.id]
            if truth.kind != "clear" or truth.score is None or not isinstance(item, Line):
                continue
            x, y = (item.start_mm[0] + 10 * truth.score) * FINE, item.start_mm[1] * FINE
            rows = [*range(round(y) - 12, round(y) - 5), *range(round(y) + 6, round(y) + 13)]
            dark = np.clip(ink[rows, round(x) - 30 : round(x) + 30] - 0.15, 0, None)
            assert dark.sum() > 1, (page.made, item.id)
            off.append(((dark * np.arange(-30, 30)).sum() / dark.sum() + 0.5 + round(x) - x) / FINE)
    assert len(off) > 60
    assert abs(np.mean(off)) < 0.1
    assert np.abs(off).max() < 1.5


def test_a_line_that_truth_calls_missing_is_empty(form: Printed, clean: list[Invented]) -> None:
    seen = 0
    for page in clean:
        ink = upright(page, form.layout)
        for item in form.layout.items:
            if page.items[item.id].how == "nothing" and isinstance(item, Line):
                (x, y), (end, _) = item.start_mm, item.end_mm
                above = ink[round((y - 3) * FINE) : round((y - 1) * FINE), round(x * FINE) : round(end * FINE)]
                assert above.max() < 0.3
                seen += 1
    assert seen


def test_boxes_that_truth_names_are_marked() -> None:
    made = printed(loader.load("phq9"), seed=1)
    for page in pages("clean", 2, made.layout, made.pdf):
        ink = upright(page, made.layout)
        for item in made.layout.items:
            truth = page.items.get(item.id)
            if truth is None or truth.kind != "clear" or not isinstance(item, Choice):
                continue
            dark = {}
            for box in item.boxes:
                (x, y), half = box.centre_mm, box.size_mm / 2 - 0.8
                inside = slice(round((y - half) * FINE), round((y + half) * FINE))
                dark[box.value] = ink[inside, round((x - half) * FINE) : round((x + half) * FINE)].mean()
            assert max(dark, key=dark.__getitem__) == truth.box


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_a_file_that_opens(kind: str, form: Printed) -> None:
    made = pages(kind, 5, form.layout, form.pdf)
    for page in made:
        opened = cv2.imdecode(np.frombuffer(page.file, np.uint8), cv2.IMREAD_COLOR)
        assert sorted(opened.shape[:2]) == sorted(page.picture.shape[:2])
        assert page.none is (kind == "none")
        assert page.items.keys() == (set() if page.none else {item.id for item in form.layout.items})


def test_a_few_hundred_lines_have_every_kind_of_mark(form: Printed) -> None:
    seen = Counter(
        (truth.kind, truth.how)
        for seed in range(5)
        for kind in ("doubtful", "scan")
        for page in pages(kind, seed, form.layout, form.pdf)
        for truth in page.items.values()
    )
    assert {kind for kind, _ in seen} == {"clear", "tolerated", "must_review", "missing"}
    assert len(seen) > 15
