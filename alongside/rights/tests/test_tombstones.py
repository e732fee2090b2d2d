"""Marks of erased records, and the keys that read them."""

import pytest

from alongside.rights import tombstones
from alongside.rights.tombstones import Line

ROWAN, MO = "5" * 32, "6" * 32


def test_a_mark_knows_the_record_again_and_nothing_else() -> None:
    noted = [Line("2026-11-22", "0f0f", mark) for mark in tombstones.marks(ROWAN)]
    assert tombstones.known_among([MO, ROWAN], noted) == {ROWAN: "0f0f"}
    assert not any(ROWAN in str(line) for line in noted)


def test_a_key_file_from_before_an_erasure_is_refused_since_nobody_could_tell() -> None:
    with pytest.raises(tombstones.NotKnown, match="Give the newest key file"):
        tombstones.known_among([ROWAN], [Line("2026-11-22", "0f0f", "k9.aa")])


def test_marks_of_keys_that_are_gone_harm_nothing() -> None:
    assert tombstones.known_among([ROWAN], [Line("2026-11-22", "0f0f", "k0.aa")]) == {}
