"""Whether records were begun here, and with which keys: where nothing was begun nothing is made or written."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from alongside.core import begun as looking
from alongside.core.home import home as home_folder
from alongside.core.tests.running import begin, run, script, serving
from alongside.evaluation.problems import WrongUse

PROOFS = "from alongside.core.models import KeyProof\nprint(KeyProof.objects.count())"
DATABASE = "alongside.sqlite3"


@pytest.mark.parametrize("words", [("serve", "--port", "0"), ("backup", "backups")], ids=lambda words: words[0])
@pytest.mark.parametrize("there", [False, True], ids=["no folder", "an unmounted disk"])
def test_where_nothing_was_begun_nothing_is_made(tmp_path: Path, words: tuple[str, ...], there: bool) -> None:
    home = tmp_path / "typo"
    if there:
        home.mkdir()
    done = run(home, *words)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert "alongside init" in done.stderr
    assert list(tmp_path.rglob("*")) == ([home] if there else [])


def test_records_in_which_nobody_can_sign_in_are_not_served_nor_backed_up(home: Path, tmp_path: Path) -> None:
    (home / DATABASE).write_bytes(b"")
    for words in (("serve", "--port", "0"), ("backup", tmp_path / "backups")):
        done = run(home, *words)
        assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
        assert "Nobody can sign in" in done.stderr
    assert not (tmp_path / "backups").exists()


@pytest.fixture
def other_keys(tmp_path: Path) -> Path:
    """The keys of another organisation."""
    other = tmp_path / "other"
    assert begin(other).returncode == 0
    return other.with_name("other.keys")


def test_another_organisations_keys_are_noticed_before_a_word_is_written(other_keys: Path, tmp_path: Path) -> None:
    home = tmp_path / "new"
    assert begin(home).returncode == 0
    right = home.with_name("new.keys").read_bytes()
    shutil.copy(other_keys, home.with_name("new.keys"))
    for words in (("serve", "--port", "0"), ("backup", tmp_path / "backups")):
        done = run(home, *words)
        assert (done.returncode, len(done.stderr.splitlines())) == (4, 1)
        assert "holds other keys" in done.stderr
    assert "The keys do not open" in run(home, "doctor").stdout
    home.with_name("new.keys").write_bytes(right)
    assert run(home, "doctor").returncode == 0


def test_records_from_before_get_their_proof_when_they_are_next_served(home: Path) -> None:
    with closing(sqlite3.connect(home / DATABASE)) as database:
        database.execute("DROP TABLE core_keyproof")
        database.execute("ALTER TABLE care_client DROP COLUMN found_by")
        database.execute("DELETE FROM django_migrations WHERE app = 'core' OR name = '0002_finding_by_name'")
        database.commit()
    with serving(home):
        pass
    assert script(home, PROOFS).strip() == "1"
    with serving(home):
        pass
    assert script(home, PROOFS).strip() == "1"


def test_an_administrator_is_told_to_be_the_owner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if os.geteuid() == 0:
        os.chown(tmp_path, 12345, -1)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    for folder in (tmp_path, tmp_path / "not" / "there"):
        with pytest.raises(WrongUse, match="sudo -u"):
            looking.not_as_root(folder)
    looking.not_as_root(Path("/usr"))


@pytest.mark.parametrize("said", ["", "var"])
def test_an_empty_name_is_no_name(said: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ALONGSIDE_HOME", said)
    monkeypatch.chdir(tmp_path)
    assert home_folder() == tmp_path / "var"


def test_a_data_folder_that_is_a_file_leaves_no_keys_behind(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.touch()
    for words in (("serve", "--port", "0"), ("backup", tmp_path / "b"), ("demo", "--no-serve"), ("restore", tmp_path)):
        done = run(home, *words)
        assert (done.returncode in {2, 3, 4}, len(done.stderr.splitlines())) == (True, 1), done.stderr
    assert begin(home).returncode == 4
    assert list(tmp_path.iterdir()) == [home]
