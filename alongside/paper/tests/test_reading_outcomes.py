"""Every page has a named outcome and a sentence, and pages of one call are judged together."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from alongside.instruments import loader
from alongside.paper.form.printing import Printed, printed
from alongside.paper.reading import reader
from alongside.paper.reading.reader import read_files, read_picture
from alongside.paper.reading.results import Reading
from alongside.paper.tests.pages import blank, file, form, marked, photographed, scanner_pdf

ONE, OTHER = {"q1": 2.0, "q2": 7.0, "q3": 4.0, "q4": 1.0}, {"q1": 6.0, "q2": 3.0, "q3": 8.0, "q4": 5.0}


def outcome(picture: np.ndarray, made: Printed | None = None) -> tuple[str, str]:
    found = read_picture(picture, [(made or form()).layout])
    assert (found.outcome == "ok") == found.page_ok
    assert found.items == () or found.page_ok
    return found.outcome, found.why


def read(folder: Path, made: Printed, *files: bytes) -> list[Reading]:
    written = []
    for number, content in enumerate(files, 1):
        path = folder / f"{number}{'.pdf' if content.startswith(b'%PDF') else '.png'}"
        path.write_bytes(content)
        written.append(path)
    return list(read_files(written, [made.layout]))


def letter() -> np.ndarray:
    page = np.full((2339, 1654), 255, np.uint8)
    for row in range(200, 2100, 50):
        cv2.putText(page, "Thank you for your letter of last week", (150, row), cv2.FONT_HERSHEY_SIMPLEX, 1.2, 30, 2)
    return page


def test_a_letter_is_no_form() -> None:
    assert outcome(letter()) == ("no_code", reader.NOT_OURS)


def test_neither_is_a_blank_page() -> None:
    assert outcome(np.full((2339, 1654), 250, np.uint8)) == ("no_code", reader.NOT_OURS)


def test_a_picture_in_the_dark_is_unreadable() -> None:
    assert outcome((marked(form(), ONE) // 30).astype(np.uint8)) == ("unreadable", reader.DARK)


def test_half_a_page_is_unreadable() -> None:
    page = marked(form(), ONE)
    assert outcome(page[: len(page) // 2]) == ("unreadable", reader.CORNERS)


def test_a_small_picture_is_unreadable() -> None:
    small = cv2.resize(photographed(marked(form(), ONE)), None, fx=0.2, fy=0.2, interpolation=cv2.INTER_AREA)
    assert outcome(small)[0] in {"unreadable", "no_code"}


@pytest.mark.parametrize("shape", [(1, 1), (5, 4000), (199, 199), (200, 200), (201, 3000)])
def test_so_is_a_scrap(shape: tuple[int, int]) -> None:
    assert outcome(np.full(shape, 200, np.uint8))[0] in {"unreadable", "no_code"}


def test_a_page_whose_code_is_covered_says_so() -> None:
    page, code = marked(form(), ONE), form().layout.page(1).code
    assert code is not None
    x, y = (round(at * 200 / 25.4) for at in code.corner_mm)
    page[y - 10 : y + 150, x - 10 : x + 150] = 255
    assert outcome(page) == ("no_code", reader.NO_CODE)


def test_a_copy_of_which_nothing_is_known_is_an_unknown_id() -> None:
    other = printed(loader.load("service_evaluation"), seed=2)
    found = read_picture(blank(other.pdf), [form().layout])
    assert (found.outcome, found.form_id, found.items) == ("unknown_id", other.layout.form_id, ())


def test_last_years_version_is_named() -> None:
    this_year = form(large=True)
    assert outcome(marked(form(), ONE), this_year) == ("wrong_version", reader.OTHER_VERSION)


def test_two_pages_in_one_picture_are_a_conflict() -> None:
    both = np.hstack([marked(form(large=True), {}, 1), marked(form(large=True), {}, 2)])
    assert outcome(both, form(large=True))[0] == "conflict"


def test_two_forms_side_by_side_are_a_conflict() -> None:
    made = form(copies=2)
    both = np.hstack([marked(made, ONE, sheet=1), marked(made, OTHER, sheet=2)])
    assert outcome(both, made) == ("conflict", reader.TWO_PAGES)


def test_the_same_page_twice_is_read_once(tmp_path: Path) -> None:
    page = marked(form(), ONE)
    first, again = read(tmp_path, form(), file(page, "PNG"), file(photographed(page), "PNG"))
    assert (first.outcome, again.outcome) == ("ok", "duplicate")
    assert again.why.startswith("This page was read before")
    assert not again.page_ok


def test_two_different_pages_with_one_id_are_a_conflict(tmp_path: Path) -> None:
    found = read(tmp_path, form(), file(marked(form(), ONE), "PNG"), file(marked(form(), OTHER), "PNG"))
    assert [page.outcome for page in found] == ["conflict", "conflict"]
    assert [len(page.items) for page in found] == [11, 11]  # nothing is lost: a person says which is right


def sheets(*wanted: tuple[int, int]) -> bytes:
    """A scanner's PDF of pages of two copies of one form: which copy, and which of its pages."""
    made = form(large=True, copies=2)
    count = len(made.layout.page_numbers)
    return scanner_pdf(*(blank(made.pdf, copy * count + number) for copy, number in wanted))


def test_pages_of_two_people_stapled_are_a_conflict(tmp_path: Path) -> None:
    first, second = read(tmp_path, form(large=True, copies=2), sheets((0, 1), (1, 2)))
    assert (first.outcome, second.outcome) == ("conflict", "conflict")
    assert str(first.form_id) in first.why
    assert str(second.form_id) in first.why


def test_whole_forms_of_two_people_in_one_pdf_are_read(tmp_path: Path) -> None:
    made = form(large=True, copies=2)
    count = len(made.layout.page_numbers)
    wanted = [(copy, number) for copy in range(2) for number in range(1, count + 1)]
    found = read(tmp_path, made, sheets(*wanted))
    assert [(page.outcome, page.form_id, page.form_page) for page in found] == [
        ("ok", made.layout.copies[copy], number) for copy, number in wanted
    ]


@pytest.mark.parametrize("seed", range(3))
def test_noise_is_never_read(seed: int) -> None:
    noise = np.random.default_rng(seed).integers(0, 255, (900, 700), dtype=np.uint8)
    assert outcome(noise)[0] != "ok"
