"""The key file: made once, for its owner only, and its loss or damage said plainly."""

from pathlib import Path

import pytest

from alongside.core import keys
from alongside.core.home import Missing


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    monkeypatch.setenv("ALONGSIDE_HOME", str(folder))
    return folder


def test_keys_are_made_beside_an_empty_home_for_the_owner_only(home: Path) -> None:
    made = keys.load()
    assert keys.path() == home.with_name("home.keys")
    assert keys.path().stat().st_mode & 0o777 == 0o600
    assert keys.load() == made
    assert [path.name for path in home.parent.iterdir()] == ["home.keys"]


@pytest.mark.usefixtures("home")
def test_no_two_key_files_are_alike() -> None:
    first = keys.load()
    keys.path().unlink()
    second = keys.load()
    assert first.secret_key != second.secret_key
    assert first.fields != second.fields


@pytest.mark.usefixtures("home")
def test_keys_are_never_written_over_keys() -> None:
    first = keys.load()
    with pytest.raises(FileExistsError):
        keys.make()
    assert keys.load() == first


def test_data_without_their_keys_are_not_given_new_ones(home: Path) -> None:
    home.mkdir()
    (home / "alongside.sqlite3").touch()
    with pytest.raises(Missing, match="Put the key file back there"):
        keys.load()
    assert not keys.path().exists()


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '{"secret_key": "x", "field_keys": {}}', '{"secret_key": "x", "field_keys": {"1": "c2hvcnQ="}}'],
)
def test_a_damaged_key_file_is_said_to_be_one(text: str) -> None:
    keys.path().write_text(text, encoding="utf-8")
    with pytest.raises(Missing, match="put back the copy you keep elsewhere"):
        keys.load()


def test_each_purpose_and_each_number_has_a_key_of_its_own() -> None:
    ring = keys.Keys(secret_key="", fields={1: b"1" * 32, 2: b"2" * 32})
    derived = {
        ring.derived("fields", 1),
        ring.derived("fields", 2),
        ring.derived("backup", 1),
        ring.derived("backup", 2),
    }
    assert len(derived) == 4
    assert ring.derived("fields") == ring.derived("fields", 2)
