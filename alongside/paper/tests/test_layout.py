"""A layout is read back as it was written; one that cannot be used is refused in a sentence."""

import json
from pathlib import Path

import pytest

from alongside.paper.layout import BadLayout, Choice, Layout, Line, parse, read, written

BARE = {
    "page_mm": [210, 297],
    "form_id": "A",
    "items": [
        {"id": "q1", "start_mm": [55, 60], "end_mm": [155, 60], "page": 1},
        {"id": "q2", "boxes": [{"value": 0, "centre_mm": [30, 80]}, {"value": 1, "centre_mm": [60, 80]}], "page": 2},
    ],
}


def test_the_bare_form_of_a_layout_is_enough() -> None:
    layout = Layout.model_validate(BARE)
    assert isinstance(layout.items[0], Line)
    assert isinstance(layout.items[1], Choice)
    assert layout.page_numbers == (1, 2)
    assert [marker.id for marker in layout.page(2).markers] == [4, 5, 6, 7]


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    layout = Layout.model_validate(BARE)
    (tmp_path / "layout.json").write_text(written(layout))
    assert read(tmp_path / "layout.json") == layout


def test_what_a_later_version_adds_is_passed_over() -> None:
    assert parse(json.dumps(BARE | {"scent": "lavender"})) == Layout.model_validate(BARE)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"items": []}, "items"),
        ({"items": [BARE["items"][0], BARE["items"][0]]}, "item q1 stands in it twice"),
        ({"items": [{"id": "q1", "start_mm": [55, 400], "end_mm": [155, 400]}]}, "q1 is not on the page"),
        ({"items": [{"id": "q1", "start_mm": [55, 60], "end_mm": [55, 60]}]}, "q1 has no length"),
        ({"layout_version": 2}, "layout_version"),
        ({"page_mm": [210, 1e9]}, "page_mm"),
        ({"items": [{"id": "q1", "start_mm": [55, 60], "end_mm": [155, 60], "page": 99}]}, "page"),
    ],
)
def test_a_layout_that_cannot_be_is_refused_in_a_sentence(changed: dict, said: str) -> None:
    with pytest.raises(BadLayout, match="use the file that alongside forms print wrote") as refused:
        parse(json.dumps(BARE | changed), "layout.json")
    assert said in str(refused.value)


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n\xff\xfe", b"[1, 2]", b"{" * 2000])
def test_a_file_that_is_no_layout_is_refused_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "wrong.json").write_bytes(content)
    with pytest.raises(BadLayout, match=r"wrong\.json is no"):
        read(tmp_path / "wrong.json")
