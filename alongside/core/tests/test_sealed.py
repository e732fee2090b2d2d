"""The encrypted stream of a backup: whole or refused."""

import io

import pytest

from alongside.core.backup.sealed import NONCE, PIECE, TAG, Damaged, Opening, Sealing
from alongside.core.keys import Keys

KEYS = Keys(secret_key="", fields={1: b"1" * 32})
ON_DISK = NONCE + PIECE + TAG


def sealed(content: bytes, keys: Keys = KEYS) -> bytes:
    file = io.BytesIO()
    sealing = Sealing(file, keys)
    for start in range(0, len(content), 300_000):
        sealing.write(content[start : start + 300_000])
    sealing.finish()
    return file.getvalue()


def opened(held: bytes, keys: Keys = KEYS) -> bytes:
    opening = Opening(io.BytesIO(held), keys)
    parts = []
    while part := opening.read(123_457):
        parts.append(part)
    opening.finish()
    return b"".join(parts)


def split(held: bytes) -> tuple[bytes, list[bytes]]:
    header, _line, body = held.partition(b"\n")
    return header + b"\n", [body[start : start + ON_DISK] for start in range(0, len(body), ON_DISK)]


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
def test_what_goes_in_comes_out(size: int) -> None:
    content = bytes(range(256)) * (size // 256 + 1)
    assert opened(sealed(content[:size])) == content[:size]


def test_nothing_of_it_can_be_read_from_outside() -> None:
    assert b"Brook Lane" not in sealed(b"3 Brook Lane, Calderford" * 100)


HELD = sealed(b"x" * (2 * PIECE + 10))
HEADER, PIECES = split(HELD)
OTHER = split(sealed(b"x" * (2 * PIECE + 10)))[1]


@pytest.mark.parametrize(
    "held",
    [
        HELD[:-1],
        HELD[: len(HEADER)],
        HEADER + b"".join(PIECES[:-1]),
        HEADER + b"".join([PIECES[1], PIECES[0], PIECES[2]]),
        HEADER + b"".join([PIECES[0], PIECES[2]]),
        HEADER + b"".join([PIECES[0], OTHER[1], PIECES[2]]),
        HELD + b"more",
        HELD[:5000] + bytes([HELD[5000] ^ 1]) + HELD[5001:],
        HEADER.replace(b'"name": "', b'"name": "0') + b"".join(PIECES),
    ],
    ids=[
        "a byte short", "only the header", "a piece short", "pieces moved", "a piece out", "another backup’s piece",
        "something added", "a flipped bit", "another header",
    ],
)  # fmt: skip
def test_a_stream_that_is_not_whole_is_refused(held: bytes) -> None:
    with pytest.raises(Damaged, match="damaged or not whole"):
        opened(held)


@pytest.mark.parametrize(
    ("held", "says"),
    [
        (b"", "not a backup"),
        (b"PK\x03\x04" + bytes(5000), "not a backup"),
        (b'{"alongside": "other"}\n', "not a backup"),
        (HEADER.replace(b'"format": 1', b'"format": 2'), "newer Alongside"),
    ],
)
def test_another_kind_of_file_is_named_so(held: bytes, says: str) -> None:
    with pytest.raises(Damaged, match=says):
        Opening(io.BytesIO(held), KEYS)


@pytest.mark.parametrize("fields", [{1: b"2" * 32}, {2: b"1" * 32}])
def test_other_keys_are_named_so(fields: dict[int, bytes]) -> None:
    with pytest.raises(Damaged, match="keys do not open"):
        Opening(io.BytesIO(HELD), Keys(secret_key="", fields=fields))


def test_a_key_that_was_replaced_still_opens_its_backups() -> None:
    later = Keys(secret_key="", fields={1: b"1" * 32, 2: b"2" * 32})
    assert opened(sealed(b"before"), later) == b"before"
