"""Marks are read to a fraction of a millimetre, and what is doubtful is left to a person with a reason."""

import cv2
import numpy as np
import pytest

from alongside.paper.form.printing import Printed
from alongside.paper.invented import pages as invented
from alongside.paper.layout import Choice, Layout, Line
from alongside.paper.reading import words
from alongside.paper.reading.reader import read_picture
from alongside.paper.reading.results import Answer, Reading
from alongside.paper.tests.pages import PX_PER_MM, cross, form, marked, photographed, stroke

SCORES = {f"q{number}": score for number, score in enumerate((0.7, 2, 3.3, 4.6, 5, 6.1, 7.4, 8.2, 9.3, 5.5, 1.9), 1)}

BENT_BY = 1.2  # mm


@pytest.fixture(scope="module")
def made() -> Printed:
    return form()


def read(picture: np.ndarray, made: Printed) -> dict[str, Answer]:
    return {item.id: item for item in page(picture, made.layout).items}


def page(picture: np.ndarray, layout: Layout) -> Reading:
    found = read_picture(picture, [layout])
    assert (found.outcome, found.form_id, found.form_page) == ("ok", layout.form_id, 1)
    return found


def line(made: Printed, name: str) -> Line:
    return next(item for item in made.layout.items if item.id == name and isinstance(item, Line))


def spot(made: Printed, name: str, score: float) -> tuple[float, float]:
    item = line(made, name)
    return item.start_mm[0] + score * 10, item.start_mm[1]


def all_read(items: dict[str, Answer], within: float) -> None:
    for name, score in SCORES.items():
        assert items[name].status == "ok", (name, items[name].reason)
        assert items[name].score == pytest.approx(score, abs=within)


def test_crosses_on_a_scan_are_read_to_a_fifth_of_a_millimetre(made: Printed) -> None:
    all_read(read(marked(made, SCORES), made), within=0.02)


def test_so_are_those_on_a_photo(made: Printed) -> None:
    all_read(read(photographed(marked(made, SCORES)), made), within=0.03)


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_page_may_lie_in_any_direction(made: Printed, turns: int) -> None:
    all_read(read(np.rot90(marked(made, SCORES), turns).copy(), made), within=0.02)


def test_a_form_printed_at_93_per_cent_is_read_alike(made: Printed) -> None:
    small = cv2.resize(marked(made, SCORES), None, fx=0.93, fy=0.93, interpolation=cv2.INTER_AREA)
    paper = np.full_like(marked(made, SCORES), 255)
    paper[60 : 60 + small.shape[0], 40 : 40 + small.shape[1]] = small
    all_read(read(paper, made), within=0.02)


def test_a_photo_of_a_screen_is_read_alike(made: Printed) -> None:
    picture = cv2.resize(marked(made, SCORES), None, fx=1.37, fy=1.37, interpolation=cv2.INTER_LINEAR)
    dots = np.where(np.indices(picture.shape).sum(axis=0) % 3 == 0, 0.86, 1.0)
    bands = 1 - 0.08 * np.sin(np.arange(picture.shape[0]) / 9)[:, None]
    all_read(read(np.clip(picture * dots * bands, 0, 255).astype(np.uint8), made), within=0.03)


def test_print_beside_a_line_is_no_mark_where_paper_is_bent(made: Printed) -> None:
    picture = marked(made, SCORES)
    down, across = np.indices(picture.shape, dtype=np.float32)
    wide = picture.shape[1]
    bent = across - BENT_BY * PX_PER_MM * np.sin(2 * np.pi * across / wide)
    all_read(read(cv2.remap(picture, bent, down, cv2.INTER_LINEAR, borderValue=255), made), within=0.06)


def test_a_layout_that_says_no_more_than_it_must_is_enough(made: Printed) -> None:
    bare = Layout(page_mm=made.layout.page_mm, form_id=made.layout.form_id, items=made.layout.items)
    items = {item.id: item for item in page(marked(made, SCORES), bare).items}
    all_read(items, within=0.02)


def test_marks_on_the_very_ends_are_not_lost(made: Printed) -> None:
    items = read(marked(made, {"q1": 0, "q2": 10, "q3": 0.05, "q4": 9.95}), made)
    assert [items[name].score for name in ("q1", "q2", "q3", "q4")] == pytest.approx([0, 10, 0.05, 9.95], abs=0.03)


def test_an_empty_line_is_missing_and_shown_to_a_person(made: Printed) -> None:
    found = read(marked(made, {}), made).values()
    assert {(item.status, item.score, item.needs_review, item.reason) for item in found} == {
        ("missing", None, True, words.EMPTY)
    }


def test_a_single_stroke_stands_where_it_crosses_the_line(made: Printed) -> None:
    picture, (x, y) = marked(made, SCORES), spot(made, "q1", 4)
    picture = marked(made, {name: score for name, score in SCORES.items() if name != "q1"})
    stroke(picture, (x - 0.4, y - 3), (x + 0.4, y + 3))
    item = read(picture, made)["q1"]
    assert (item.status, item.score) == ("ok", pytest.approx(4, abs=0.03))


PLUS = ((0.3, -2.5, -0.3, 2.5), (-2.5, -0.2, 2.6, 0.1))


@pytest.mark.parametrize(
    "strokes",
    [
        PLUS,  # its other stroke nearly hidden in the printed line
        ((0.3, -2.5, -0.3, 2.5), (-3, 0.9, 2.5, 0.7)),
        ((-7, -7.5, 7, 7.5), (6, -7, -6, 7)),  # into the words above the line
        ((-1.1, -1.2, 1.1, 1.2), (1.1, -1.1, -1.1, 1.1)),
        ((-2.5, -2.5, 2.5, 2.5), (2.5, 2.5, 2.6, -2.4), (2.6, -2.4, -2.5, 2.6)),  # the pen was not lifted
        ((-3.5, -1, 3.5, 1), (-2, 2.2, 2, -2.2)),
        ((0, -3.5, 0.2, 3.5), (0.2, 3.5, -3, -0.7), (-3, -0.7, 3, -0.8)),
        ((-1.6, -0.6, 1.6, 0.7), (-0.5, -2.4, 0.6, 2.4)),  # the flat stroke lies on the line, as that of a plus
        ((-2, -2, 2, 2), (2, 2, 2.2, 1), (2.2, 1, 1.6, 0.8), (2, -2, -2, 2)),  # the pen turned back at the end
    ],
)
def test_a_cross_may_be_a_plus_or_large_small_flat_joined_or_hooked(
    made: Printed, strokes: tuple[tuple[float, float, float, float], ...]
) -> None:
    item = doubtful(made, *strokes)
    assert (item.status, item.score) == ("ok", pytest.approx(5, abs=0.05)), item.reason


def test_paper_that_a_scanner_made_of_dots_is_read_alike(made: Printed) -> None:
    dots = np.random.default_rng(1).random(marked(made, SCORES).shape)
    picture = np.where(marked(made, SCORES) > 235 * dots + 20 * (dots > 0.04), 255, 0).astype(np.uint8)
    assert 0.02 < (picture[:, 100:200] == 0).mean() < 0.2
    all_read(read(picture, made), within=0.04)


def doubtful(made: Printed, *strokes: tuple[float, float, float, float]) -> Answer:
    """What is read of the first line with these strokes on it, in mm from the middle of the line."""
    picture = marked(made, {name: score for name, score in SCORES.items() if name != "q1"})
    x, y = spot(made, "q1", 5)
    for one in strokes:
        stroke(picture, (x + one[0], y + one[1]), (x + one[2], y + one[3]))
    return read(picture, made)["q1"]


CROSS = ((-2.5, -2.5, 2.5, 2.5), (2.5, -2.5, -2.5, 2.5))
EIGHT = (
    (0, 0, 1, -2.5),
    (1, -2.5, -1, -2.5),
    (-1, -2.5, 0, 0),
    (0, 0, 1.2, 2.5),
    (1.2, 2.5, -1.2, 2.5),
    (-1.2, 2.5, 0, 0),
)


@pytest.mark.parametrize(
    ("strokes", "reason"),
    [
        ((*CROSS, (17.5, -2.5, 22.5, 2.5), (22.5, -2.5, 17.5, 2.5)), words.TWO),
        ((*CROSS, (0, -3.5, 0.5, 3.5), (-3.5, 0.8, 3.5, 1.2), (-3, -2, 2, 3.5)), words.SCRIBBLE),
        (((-2, -3.5, -2.5, 1), (-2.5, 1, 2.5, 1), (1, -3, 1, 4)), words.SCRIBBLE),  # a 4
        (((0.5, -4, -3, 0.8), (-3, 0.8, 3, 0.7), (0.5, -4, 0.4, 4)), words.SCRIBBLE),  # a closed 4
        (tuple((x, -2, x, 2) for x in np.arange(-2, 2.1, 0.4)), words.FULL),  # blacked out
        ((*PLUS, (7, -2.5, 7, 2.5)), words.TWO),
        ((*CROSS, (9, -8.9, 9, 8.9)), words.TWO),  # a second answer, as long as its strip is high
        (((-1.5, -3, 0, 0), (1.5, -3, 0, 0), (0, 0, 0, 3)), words.LOPSIDED),  # a Y
        ((*CROSS, (0.5, 0.45, 5, 0.45)), words.STRUCK),
        (((0, -3.5, -0.4, 3.5), (3, -3.5, 0.3, 0), (0.3, 0, 2.5, 3.6)), words.SCRIBBLE),  # a K
        (((-2.3, -0.9, 0.6, -0.9), (0.6, -1.1, -0.4, 3.2), (-0.9, 1.2, 0.5, 1.2)), words.LOPSIDED),  # a 7
        (EIGHT, words.LOOP),
        (((0, -6, 0.4, 6),), words.LARGE),  # a hair or a fold
        (((-6.9, 0.4, 7, 0.4), (0, -2.5, 0, 2.5)), words.FLAT),  # a range
        (((1, -4, 1, -1.5),), words.ONE_SIDE),
        (((-2, -3, 0, 0.4), (0, 0.4, 4, -5)), words.TICK),
        (tuple((left, up - 3.5, right, down - 3.5) for left, up, right, down in CROSS), words.OFF_LINE),
        (tuple((left - 55, up, right - 55, down) for left, up, right, down in CROSS), words.BEYOND),
    ],
)
def test_a_doubt_is_named(made: Printed, strokes: tuple[tuple[float, float, float, float], ...], reason: str) -> None:
    item = doubtful(made, *strokes)
    assert item.status == "review"
    assert reason in item.reason


def test_a_hair_is_thinner_than_a_pen(made: Printed) -> None:
    picture = marked(made, {})
    for name, score in SCORES.items():
        x, y = spot(made, name, score)
        for one, other in ((-2, 2), (2, -2)) if name != "q1" else ():
            first, last = ((round((x + side) * 126), round((y + down) * 126)) for side, down in ((one, -2), (other, 2)))
            cv2.line(picture, first, last, 60, 5, cv2.LINE_AA, 4)
    x, y = spot(made, "q1", 4)
    cv2.line(
        picture,
        (round((x - 1) * 126), round((y - 4) * 126)),
        (round((x + 1) * 126), round((y + 4) * 126)),
        120,
        1,
        cv2.LINE_AA,
        4,
    )
    items = read(picture, made)
    assert items["q2"].status == "ok"
    assert items["q1"].status == "review"
    assert words.THINNER in items["q1"].reason


def test_a_word_as_small_as_a_cross_is_thicker_than_the_pen(made: Printed) -> None:
    (one,) = invented("doubtful", 382, made.layout, made.pdf)
    items = read(cv2.cvtColor(one.picture, cv2.COLOR_BGR2GRAY), made)
    assert one.items["q3"].how == "word"
    assert items["q3"].status == "review"
    assert words.THICKER in items["q3"].reason
    assert items["q6"].status == "ok"


def test_a_page_in_a_pale_pencil_is_no_doubt_in_itself(made: Printed) -> None:
    blank_page = marked(made, {}).astype(float)
    pale = (blank_page - 0.22 * (blank_page - marked(made, SCORES))).astype(np.uint8)
    all_read(read(pale, made), within=0.05)
    one_pale = marked(made, {name: score for name, score in SCORES.items() if name != "q1"})
    only = marked(made, {"q1": 5})
    one_pale = np.minimum(one_pale, (blank_page - 0.22 * (blank_page - only)).astype(np.uint8))
    assert words.FAINT in read(one_pale, made)["q1"].reason


def test_writing_beside_a_mark_is_shown_to_a_person(made: Printed) -> None:
    item = doubtful(made, *CROSS, (14, 3, 15, 6), (15, 6, 16, 3), (16, 3, 17, 6), (17, 6, 18, 3))
    assert (item.status, item.reason) == ("review", words.WRITTEN)


def test_a_streak_of_dirt_is_no_mark(made: Printed) -> None:
    picture = marked(made, {name: score for name, score in SCORES.items() if name not in {"q5", "q6"}})
    x, _ = spot(made, "q5", 3)
    stroke(picture, (x, 0), (x, 297))
    items = read(picture, made)
    assert [items[name].score for name in ("q5", "q6")] == [None, None]
    assert items["q1"].status == "ok"
    assert items["q3"].score == pytest.approx(3.3, abs=0.05)
    assert words.STREAK in items["q3"].reason


def test_a_covered_corner_sends_the_whole_page_to_a_person(made: Printed) -> None:
    picture = marked(made, SCORES)
    picture[:200, :200] = 255
    items = read(picture, made)
    assert all(items[name].needs_review and words.FEW in items[name].reason for name in SCORES)
    assert items["q4"].score == pytest.approx(4.6, abs=0.05)


@pytest.mark.parametrize("spoilt", [range(4), range(1)])
def test_markers_of_which_only_the_outline_is_left_are_enough(made: Printed, spoilt: range) -> None:
    picture = marked(made, SCORES)
    for marker in (made.layout.page(1).markers[at] for at in spoilt):
        x, y = (round((at + 1.2) * 200 / 25.4) for at in marker.corners_mm[0])
        picture[y : y + 67, x : x + 67] = 255
    all_read(read(picture, made), within=0.03)


@pytest.mark.parametrize("kind", ["scan", "hard photo", "doubtful"])
def test_nothing_that_a_person_must_decide_is_decided(made: Printed, kind: str) -> None:
    for seed in range(300, 302):
        for one in invented(kind, seed, made.layout, made.pdf):
            found = read_picture(cv2.cvtColor(one.picture, cv2.COLOR_BGR2GRAY), [made.layout])
            for item in found.items if found.page_ok else ():
                truth = one.items[item.id]
                if item.status != "ok":
                    continue
                assert truth.kind in {"clear", "tolerated"}, (kind, seed, item)
                assert item.score == pytest.approx(truth.score, abs=0.2), (kind, seed, item)


@pytest.mark.parametrize("seed", range(3))
def test_a_page_that_is_none_is_not_read(made: Printed, seed: int) -> None:
    (one,) = invented("none", 300 + seed, made.layout, made.pdf)
    found = read_picture(cv2.cvtColor(one.picture, cv2.COLOR_BGR2GRAY), [made.layout])
    assert not found.page_ok
    assert found.why
    assert found.items == ()


def test_the_same_picture_is_read_the_same(made: Printed) -> None:
    picture = photographed(marked(made, SCORES))
    assert read(picture, made) == read(picture, made)


def test_a_person_is_shown_the_line_with_the_place_that_was_read(made: Printed) -> None:
    found = read_picture(marked(made, SCORES), [made.layout], with_strips=True)
    item = next(item for item in found.items if item.id == "q2")
    strip = cv2.imdecode(np.frombuffer(item.strip, np.uint8), cv2.IMREAD_GRAYSCALE)
    assert strip.shape == (181, 1221)
    assert item.strip_place == pytest.approx((11 + 20) * 10, abs=2)


def boxed(made: Printed, *marks: tuple[str, int]) -> dict[str, Answer]:
    picture = marked(made, {})
    for name, at in marks:
        choice = next(item for item in made.layout.items if item.id == name and isinstance(item, Choice))
        cross(picture, *choice.boxes[at].centre_mm, size=1.8)
    return {item.id: item for item in read_picture(picture, [made.layout]).items}


def test_a_box_with_a_cross_is_the_answer() -> None:
    items = boxed(form("phq9"), ("q1", 0), ("q2", 3))
    assert [(items[name].status, items[name].score) for name in ("q1", "q2", "q3")] == [
        ("ok", 0.0), ("ok", 3.0), ("missing", None),
    ]  # fmt: skip


def test_two_boxes_are_left_to_a_person() -> None:
    item = boxed(form("phq9"), ("q1", 0), ("q1", 2))["q1"]
    assert (item.status, item.score, item.reason) == ("review", None, words.BOXES)


def test_a_box_that_is_filled_in_may_be_crossed_out() -> None:
    made = form("phq9")
    picture = marked(made, {})
    choice = next(item for item in made.layout.items if item.id == "q1" and isinstance(item, Choice))
    x, y = choice.boxes[1].centre_mm
    for down in np.arange(-2, 2.1, 0.4):
        stroke(picture, (x - 2, y + down), (x + 2, y + down))
    item = next(item for item in read_picture(picture, [made.layout]).items if item.id == "q1")
    assert (item.status, item.score, item.reason) == ("review", 1.0, words.FILLED)
