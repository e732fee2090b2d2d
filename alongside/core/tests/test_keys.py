"""The key file: made once, for its owner only, and its loss or damage said plainly."""

from pathlib import Path

import pytest

from alongside.core import keys
from alongside.core.home import Missing
from alongside.evaluation.problems import WrongUse


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


def a_ring() -> keys.Ring:
    return keys.Ring(keys.load(), keys.path())


@pytest.mark.usefixtures("home")
def test_a_running_site_sees_a_new_key_at_once_and_misses_none_that_was_taken_out() -> None:
    ring = a_ring()
    first = ring.newest()
    second = keys.add()
    assert ring.newest() == second
    assert second.current == 2
    assert second.fields[1] == first.fields[1]
    assert ring.root(1) == first.fields[1]
    late = keys.Ring(first, keys.path())
    assert late.newest() == second, "the file was changed between its reading and the making of the ring"
    late = keys.Ring(first, keys.path())
    assert keys.keep_newest() == [1]
    assert list(late.newest().fields) == [2], "it knows the file for its own, though it never saw both keys in it"
    assert first.fields[1].hex() not in keys.path().read_text(encoding="utf-8")


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("how", ["gone", "damaged", "other keys"])
def test_a_running_site_goes_on_with_the_keys_it_has_when_its_file_is_spoilt(how: str) -> None:
    ring = a_ring()
    first = ring.newest()
    if how == "damaged":
        keys.path().write_text("{", encoding="utf-8")
    else:
        keys.path().unlink()
    if how == "other keys":
        keys.make()
    assert ring.newest() == first
    with pytest.raises(KeyError):
        ring.root(2)


@pytest.mark.usefixtures("home")
def test_only_one_command_changes_the_keys_at_a_time() -> None:
    keys.load()
    with keys.changing(), pytest.raises(WrongUse, match="Another command"), keys.changing():
        pass


@pytest.mark.usefixtures("home")
def test_a_key_file_that_a_site_could_not_read_for_a_while_is_read_when_it_can(monkeypatch: pytest.MonkeyPatch) -> None:
    ring, real = a_ring(), keys.held

    def refused(file: Path) -> bytes:
        raise Missing(str(file))

    monkeypatch.setattr(keys, "held", refused)
    ring.newest()
    monkeypatch.setattr(keys, "held", real)
    keys.path().chmod(0o640)
    keys.path().chmod(0o600)
    assert ring._seen != keys._stamp(keys.path())
