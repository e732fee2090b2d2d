"""What is renamed together is renamed whole or not at all."""

from pathlib import Path

import pytest

from alongside.core import files


def test_when_one_cannot_be_renamed_all_get_their_names_back(tmp_path: Path) -> None:
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    moves = [
        (tmp_path / "old", tmp_path / "aside"),
        (tmp_path / "new", tmp_path / "old"),
        (tmp_path / "not there", tmp_path / "keys"),
    ]
    with pytest.raises(FileNotFoundError), files.moved(moves):
        pass
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["new", "new", "old", "old"]


def test_when_what_follows_fails_all_get_their_names_back(tmp_path: Path) -> None:
    (tmp_path / "old").touch()
    with pytest.raises(SystemExit), files.moved([(tmp_path / "old", tmp_path / "new")]):
        raise SystemExit
    assert [path.name for path in tmp_path.iterdir()] == ["old"]


def test_a_file_is_replaced_whole_and_for_its_owner_only(tmp_path: Path) -> None:
    (tmp_path / "said").write_text("before", encoding="utf-8")
    files.replace(tmp_path / "said", "after")
    assert (tmp_path / "said").read_text("utf-8") == "after"
    assert (tmp_path / "said").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["said"]
