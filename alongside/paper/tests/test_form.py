"""A printed form is where its layout says, to a tenth of a millimetre, and says nothing of anybody."""

import base64
import io
import re

import cv2
import numpy as np
import pikepdf
import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from alongside.instruments import loader
from alongside.paper.form import ids, markers
from alongside.paper.form.asking import CannotPrint
from alongside.paper.form.printing import Printed, printed
from alongside.paper.layout import Choice, Line

PRINTED = ("gad7", "phq9", "service-evaluation")
WHITE = 4.0
LONG = """
key = "long"
name = "A long form"
version = "1"
informant = "the client"
reference_period = "today"
never_scored = "It is for talking over."
licence = { status = "open", holder = "Wren Street", terms = "Free", source = "Written here", date = "2026" }
every_item = { kind = "choice", options = ["no", "yes"] }
"""
MANY = """
[[items]]
number = {number}
key = "q{number}"
topic = "Weather"
wording = "Was the weather fine on day {number}?"
"""


@pytest.fixture(scope="module")
def form() -> Printed:
    return printed(loader.load("service-evaluation"), seed=1)


@pytest.fixture(scope="module")
def large() -> Printed:
    return printed(loader.load("service-evaluation"), large=True, seed=1)


def picture(pdf: bytes, page: int, dpi: int) -> np.ndarray:
    """A page in grey, 0 for black."""
    document = pypdfium2.PdfDocument(pdf)
    return cv2.cvtColor(document[page].render(scale=dpi / 72).to_numpy()[..., :3], cv2.COLOR_BGR2GRAY)


def words(pdf: bytes, page: int = 0) -> str:
    text = pypdfium2.PdfDocument(pdf)[page].get_textpage().get_text_range()
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())


@pytest.mark.parametrize("which", ["form", "large"])
def test_lines_are_100_mm_long_and_where_the_layout_says(which: str, request: pytest.FixtureRequest) -> None:
    made = request.getfixturevalue(which)
    fine = 600 / 25.4
    pages = {page: 1 - picture(made.pdf, page - 1, 600) / 255 for page in made.layout.page_numbers}
    for item in made.layout.items:
        assert isinstance(item, Line)
        ink, (x, y), (end, _) = pages[item.page], item.start_mm, item.end_mm
        row = ink[round(y * fine - 0.5), round((x - WHITE) * fine) : round((end + WHITE) * fine)]
        assert row.sum() / fine == pytest.approx(100, abs=0.05)
        assert (row > 0.5).argmax() / fine == pytest.approx(WHITE, abs=0.06)
        column = ink[round((y - WHITE) * fine) : round((y + WHITE) * fine), round((x + 50) * fine)]
        assert column.sum() / fine == pytest.approx(made.layout.line_mm, abs=0.05)
        assert (column * np.arange(len(column))).sum() / column.sum() / fine == pytest.approx(WHITE, abs=0.06)


@pytest.mark.parametrize("which", ["form", "large"])
def test_there_is_white_all_round_a_line(which: str, request: pytest.FixtureRequest) -> None:
    made = request.getfixturevalue(which)
    for item in made.layout.items:
        ink = 255 - picture(made.pdf, item.page - 1, 200)
        fine, (x, y), (end, _) = 200 / 25.4, item.start_mm, item.end_mm
        around = ink[round((y - WHITE) * fine) : round((y + WHITE) * fine), :]
        around = around[:, round((x - WHITE) * fine) : round((end + WHITE) * fine)].copy()
        middle = around.shape[0] // 2
        around[middle - 3 : middle + 4] = 0
        assert around.max() < 60, item.id


def test_lines_stand_far_apart(form: Printed) -> None:
    places = [item.start_mm[1] for item in form.layout.items if isinstance(item, Line)]
    assert np.diff(places).min() >= 18


def test_pages_are_a4(form: Printed) -> None:
    with pikepdf.open(io.BytesIO(form.pdf)) as document:
        box = document.pages[0].mediabox
        assert [float(side) / 72 * 25.4 for side in box] == pytest.approx([0, 0, 210, 297], abs=0.01)


@pytest.mark.parametrize("which", ["form", "large"])
def test_markers_are_found_where_the_layout_says(which: str, request: pytest.FixtureRequest) -> None:
    made, fine = request.getfixturevalue(which), 300 / 25.4
    finder = cv2.aruco.ArucoDetector(cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_4X4_50))
    finder.setDetectorParameters(_subpixel())
    for number in made.layout.page_numbers:
        corners, found, _ = finder.detectMarkers(picture(made.pdf, number - 1, 300))
        seen = {int(one): (square[0] + 0.5) / fine for one, square in zip(found.ravel(), corners, strict=True)}
        wanted = {marker.id: marker.corners_mm for marker in made.layout.page(number).markers}
        assert seen.keys() == wanted.keys()
        assert max(np.abs(seen[one] - np.array(wanted[one])).max() for one in seen) < 0.1


def _subpixel() -> cv2.aruco.DetectorParameters:
    wishes = cv2.aruco.DetectorParameters()
    wishes.cornerRefinementMethod = cv2.aruco.CORNER_REFINE_SUBPIX
    return wishes


def test_markers_are_those_that_everybody_knows() -> None:
    known = cv2.aruco.getPredefinedDictionary(cv2.aruco.DICT_4X4_50)
    for number in range(len(markers.BITS)):
        drawn = cv2.aruco.generateImageMarker(known, number, markers.CELLS) > 127
        assert (np.array(markers.cells(number)) == drawn).all()


def test_the_code_says_the_id_on_every_page_and_so_do_letters(large: Printed) -> None:
    for number in large.layout.page_numbers:
        (code,) = zxingcpp.read_barcodes(picture(large.pdf, number - 1, 200))
        assert code.text == large.layout.form_id
        assert code.ec_level == "Q"
        assert large.layout.form_id in words(large.pdf, number - 1)
        described = large.layout.page(number).code
        assert described
        corner, fine = code.position.top_left, 200 / 25.4
        assert (corner.x / fine, corner.y / fine) == pytest.approx(described.corner_mm, abs=0.3)
        assert described.size_mm >= 16


def test_every_copy_has_an_id_of_its_own_and_all_share_one_layout() -> None:
    made = printed(loader.load("gad7"), copies=3)
    codes = [zxingcpp.read_barcodes(picture(made.pdf, page, 200))[0].text for page in range(3)]
    assert tuple(codes) == made.layout.copies
    assert len(set(codes)) == 3
    assert all(ids.same_edition(made.layout.form_id, code) for code in codes)
    assert all(ids.tidy(code.lower().replace("-", " ")) == code for code in codes)


def test_another_edition_of_a_form_is_told_by_its_id(form: Printed, large: Printed) -> None:
    other = printed(loader.load("service-evaluation"), turn_to=("Wren Street, 01632 960 114.",), seed=1)
    for one in (large, other):
        assert ids.same_measure(form.layout.form_id, one.layout.form_id)
        assert not ids.same_edition(form.layout.form_id, one.layout.form_id)
    assert not ids.same_measure(form.layout.form_id, printed(loader.load("gad7"), seed=1).layout.form_id)


@pytest.mark.parametrize("letter", range(13))
def test_one_letter_typed_wrong_is_noticed(letter: int) -> None:
    right = ids.whole(ids.at_random(12)).replace("-", "")
    for other in set(ids.LETTERS) - {right[letter]}:
        with pytest.raises(ids.BadId, match="look at the form again"):
            ids.tidy(right[:letter] + other + right[letter + 1 :])


def test_two_neighbours_swapped_are_noticed() -> None:
    right = ids.whole(ids.at_random(12)).replace("-", "")
    for place in range(12):
        swapped = right[:place] + right[place + 1] + right[place] + right[place + 2 :]
        if swapped != right:
            with pytest.raises(ids.BadId):
                ids.tidy(swapped)


@pytest.mark.parametrize(("typed", "said"), [("", "thirteen"), ("7KC-4MP", "thirteen"), ("0" * 13, "“0”")])
def test_what_cannot_be_an_id_is_refused(typed: str, said: str) -> None:
    with pytest.raises(ids.BadId, match=said):
        ids.tidy(typed)


def test_a_form_is_tagged_asks_not_to_be_scaled_and_names_nobody(form: Printed) -> None:
    document = pikepdf.open(io.BytesIO(form.pdf))
    assert document.Root.ViewerPreferences.PrintScaling == pikepdf.Name("/None")
    assert document.Root.MarkInfo.Marked
    assert "/StructTreeRoot" in document.Root
    assert str(document.Root.Lang) == "en-GB"
    with document.open_metadata() as said:
        assert said["pdfuaid:part"] == "1"
        assert not said.get("dc:creator")
    assert {str(font.BaseFont).split("+")[1][:8] for font in _fonts(document)} == {"Atkinson"}


def _fonts(document: pikepdf.Pdf) -> list[pikepdf.Object]:
    return [font for page in document.pages for font in page.Resources.Font.values()]


@pytest.mark.parametrize("which", ["form", "large"])
def test_every_page_says_where_to_turn_and_which_page_it_is(which: str, request: pytest.FixtureRequest) -> None:
    made = request.getfixturevalue(which)
    count = len(made.layout.page_numbers)
    for page in range(count):
        said = words(made.pdf, page)
        for line in ("Samaritans 116 123", "Text SHOUT to 85258", "NHS 111", "Life in danger: 999"):
            assert line in said
        assert f"page {page + 1} of {count}" in said


def test_the_first_page_says_how_to_mark_and_how_to_change_it(form: Printed) -> None:
    said = words(form.pdf)
    assert "Put one cross on each line, wherever feels right." in said
    assert "Changed your mind? Put a ring round the cross you mean." in said
    assert "No name is needed." in said


def test_large_print_is_large_and_its_lines_are_the_same(form: Printed, large: Printed) -> None:
    sizes = [
        float(operands[1])
        for page in pikepdf.open(io.BytesIO(large.pdf)).pages
        for operands, operator in pikepdf.parse_content_stream(page, "Tf")
        if str(operator) == "Tf"
    ]
    assert sizes
    assert min(sizes) >= 16
    assert len(large.layout.page_numbers) > len(form.layout.page_numbers)
    assert [item.id for item in large.layout.items] == [item.id for item in form.layout.items]


@pytest.mark.parametrize("key", loader.keys())
def test_every_measure_is_printed_or_refused_in_a_sentence(key: str) -> None:
    measure = loader.load(key)
    if key.replace("_", "-") in PRINTED:
        made = printed(measure, seed=1)
        assert [item.id for item in made.layout.items] == [f"q{item.number}" for item in measure.items]
        said = " ".join(words(made.pdf, page) for page in range(len(made.layout.page_numbers)))
        for item in measure.items:
            assert " ".join((item.wording or "").split()[:6]) in said
        return
    with pytest.raises(CannotPrint, match=r"\.$") as refused:
        printed(measure)
    assert measure.name in str(refused.value)


def test_boxes_are_where_the_layout_says() -> None:
    made, fine = printed(loader.load("phq9"), seed=1), 300 / 25.4
    for item in made.layout.items:
        assert isinstance(item, Choice)
        ink = 255 - picture(made.pdf, item.page - 1, 300)
        assert [box.value for box in item.boxes] == [0, 1, 2, 3]
        for box in item.boxes:
            x, y = (round(place * fine - 0.5) for place in box.centre_mm)
            half = round(box.size_mm / 2 * fine)
            inside = ink[y - half + 5 : y + half - 4, x - half + 5 : x + half - 4]
            assert inside.max() < 60
            for edge in (ink[y, x - half - 3 : x - half + 4], ink[y + half - 3 : y + half + 4, x]):
                assert edge.max() > 200


def test_the_blank_in_the_layout_is_the_page_as_printed(form: Printed) -> None:
    kept = form.layout.page(1).blank
    assert kept
    blank = np.asarray(Image.open(io.BytesIO(base64.b64decode(kept.png))).convert("L"), float)
    assert blank.shape == (297 * kept.px_per_mm, 210 * kept.px_per_mm)
    page = cv2.resize(picture(form.pdf, 0, 254), (2100, 2970)).astype(float)
    assert np.abs(cv2.blur(blank, (9, 9)) - cv2.blur(page, (9, 9))).max() < 70


def test_the_same_seed_makes_the_same_bytes_and_no_seed_another_id(form: Printed) -> None:
    again = printed(loader.load("service-evaluation"), seed=1)
    assert again == form
    assert printed(loader.load("service-evaluation")).layout.form_id != form.layout.form_id


def test_words_of_an_organisation_stay_words() -> None:
    made = printed(loader.load("gad7"), organisation='#panic("x") *Wren* $1$ <Street>', seed=1)
    assert '#panic("x") *Wren* $1$ <Street>' in words(made.pdf)


def test_before_a_session_nothing_is_asked_about_it(form: Printed) -> None:
    before = printed(loader.load("service-evaluation"), before_session=True, seed=1)
    assert [item.id for item in before.layout.items] == [f"q{number}" for number in range(1, 10)]
    assert ids.same_measure(before.layout.form_id, form.layout.form_id)
    assert not ids.same_edition(before.layout.form_id, form.layout.form_id)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"turn_to": ("Somebody is always there. " * 200,)}, "higher than the room"),
        ({"organisation": "Wren Street " * 300}, "higher than the room"),
    ],
)
def test_what_does_not_fit_is_refused_in_a_sentence(changed: dict, said: str) -> None:
    with pytest.raises(CannotPrint, match=said):
        printed(loader.load("gad7"), **changed)


def test_a_form_of_too_many_pages_is_refused() -> None:
    asked = "".join(MANY.format(number=number) for number in range(1, 150))
    with pytest.raises(CannotPrint, match=r"would need \d+ pages, and a form has at most 12"):
        printed(loader.parse(LONG + asked, "long.toml"), large=True)


def test_no_id_spells_a_word() -> None:
    assert not set(ids.LETTERS) & set("AEIOU")
    assert re.fullmatch(rf"(?:[{ids.LETTERS}]{{3}}-){{3}}[{ids.LETTERS}]{{4}}", ids.whole(ids.at_random(12)))
