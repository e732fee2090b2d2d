"""Whatever file comes in, each of its pages is read or named, one at a time."""

import io
import tracemalloc
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image

from alongside.paper.reading import taking
from alongside.paper.reading.reader import read_files
from alongside.paper.reading.taking import Taken, pictures
from alongside.paper.tests.pages import file, form, jpeg, marked, scanner_pdf

SCORES = {"q1": 2.0, "q2": 7.0, "q3": 4.0}


def put(folder: Path, name: str, content: bytes) -> Path:
    (folder / name).write_bytes(content)
    return folder / name


def taken(folder: Path, name: str, content: bytes) -> list[Taken]:
    return list(pictures(put(folder, name, content)))


def refused(folder: Path, name: str, content: bytes) -> str:
    (one,) = taken(folder, name, content)
    assert one.picture is None
    assert not one.opened
    return one.problem


def read(folder: Path, name: str, content: bytes) -> list[float | None]:
    (page,) = read_files([put(folder, name, content)], [form().layout])
    assert page.outcome == "ok", page.why
    return [item.score for item in page.items[:3]]


@pytest.mark.parametrize("turn", [1, 3, 6, 8])
def test_a_photo_is_read_however_the_camera_was_held(tmp_path: Path, turn: int) -> None:
    assert read(tmp_path, "a.jpg", jpeg(marked(form(), SCORES), turn)) == pytest.approx([2, 7, 4], abs=0.03)


@pytest.mark.parametrize("kind", ["PNG", "TIFF", "BMP"])
def test_other_pictures_are_read_alike(tmp_path: Path, kind: str) -> None:
    content = file(marked(form(), SCORES), kind)
    assert read(tmp_path, "whatever it is called", content) == pytest.approx([2, 7, 4], abs=0.03)


def test_so_are_colours_greys_of_sixteen_bits_and_what_is_see_through(tmp_path: Path) -> None:
    page = marked(form(), SCORES)
    deep = file((page.astype(np.uint16) * 257), "PNG")
    clear = file(np.dstack([np.zeros_like(page)] * 3 + [255 - page]), "PNG")
    for content in (deep, clear, file(np.dstack([page] * 3), "PNG")):
        assert read(tmp_path, "a.png", content) == pytest.approx([2, 7, 4], abs=0.03)


def test_a_scanners_pdf_gives_its_own_pictures(tmp_path: Path) -> None:
    page = marked(form(), SCORES)
    first, second = taken(tmp_path, "a.pdf", scanner_pdf(page, page[:, ::-1]))
    assert first.picture is not None
    assert first.picture.shape == page.shape
    assert (first.page, second.page) == (1, 2)


def test_a_pdf_that_is_not_a_scan_is_drawn_at_300_dots_an_inch(tmp_path: Path) -> None:
    (one,) = taken(tmp_path, "a.pdf", form().pdf)
    assert one.picture is not None
    assert one.picture.shape == pytest.approx((3508, 2480), abs=2)


def test_a_tiff_of_several_pages_gives_them_all(tmp_path: Path) -> None:
    pages = [Image.fromarray(marked(form(), {"q1": score})) for score in (1.0, 9.0)]
    kept = io.BytesIO()
    pages[0].save(kept, "TIFF", save_all=True, append_images=pages[1:])
    assert [one.page for one in taken(tmp_path, "a.tif", kept.getvalue())] == [1, 2]


def test_what_is_damaged_is_named(tmp_path: Path) -> None:
    page = file(marked(form(), SCORES), "PNG")
    assert "damaged" in refused(tmp_path, "a.png", page[: len(page) // 2])
    assert "damaged" in refused(tmp_path, "a.pdf", form().pdf[:2000])
    assert "damaged" in refused(tmp_path, "a.jpg", b"\xff\xd8\xff" + bytes(500))
    assert "damaged" in refused(tmp_path, "a.txt", b"Dear all")
    assert "empty" in refused(tmp_path, "a.gif", b"")
    assert "HEIC" in refused(tmp_path, "a.heic", b"\x00\x00\x00\x18ftypheic" + bytes(200))


def test_a_locked_pdf_is_named(tmp_path: Path) -> None:
    kept = io.BytesIO()
    with pikepdf.open(io.BytesIO(form().pdf)) as document:
        document.save(kept, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert "password" in refused(tmp_path, "a.pdf", kept.getvalue())


def test_a_picture_bomb_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    bomb = file(np.zeros((1, 1), np.uint8), "PNG")
    header = bytearray(bomb)
    for size in (11_000, 40_000):
        header[16:24] = size.to_bytes(4) + size.to_bytes(4)
        tracemalloc.start()
        (one,) = taken(tmp_path, "a.png", _with_right_sum(bytes(header)))
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert (one.picture, one.problem) == (None, taking.TOO_LARGE)
        assert most < 5_000_000


def _with_right_sum(png: bytes) -> bytes:
    import zlib

    return png[:29] + zlib.crc32(png[12:29]).to_bytes(4) + png[33:]


def test_a_pdf_of_300_pages_is_taken_one_page_at_a_time(tmp_path: Path) -> None:
    small = np.full((300, 212), 255, np.uint8)
    path = put(tmp_path, "a.pdf", scanner_pdf(*[small] * 301))
    tracemalloc.start()
    numbers, problem = [], ""
    for one in pictures(path):
        numbers.append(one.page)
        problem = one.problem
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert numbers == list(range(1, 302))
    assert problem == taking.TOO_MANY
    assert most < 10_000_000


def test_one_bad_file_takes_nothing_from_the_others(tmp_path: Path) -> None:
    good, bad = put(tmp_path, "a.png", file(marked(form(), SCORES), "PNG")), put(tmp_path, "b.pdf", b"%PDF-1.7 nothing")
    found = list(read_files([bad, good, tmp_path / "gone.jpg"], [form().layout]))
    assert [page.outcome for page in found] == ["unreadable", "ok", "unreadable"]
    assert [page.opened for page in found] == [False, True, False]
