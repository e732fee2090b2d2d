"""A stream that is encrypted piece by piece with AES-256-GCM.

The file begins with a line of JSON: format, number of the key, a fingerprint of that key, and a random name. Each
piece is a nonce, up to a mebibyte encrypted, and a tag; it is bound to that line, to its place and to whether it is
the last one. So a piece that was changed, moved, taken out, cut off or brought in from another backup does not open.
"""

import json
import os
import secrets
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from alongside.core.keys import Keys
from alongside.evaluation.problems import BadInput

FORMAT = 1
PIECE, NONCE, TAG = 1024 * 1024, 12, 16
LONGEST_HEADER = 1024


class Damaged(BadInput):
    """The file cannot be opened; the message says why and what to do."""


def _cipher(keys: Keys, number: int) -> AESGCM:
    return AESGCM(keys.derived("backup", number))


def _fingerprint(keys: Keys, number: int) -> str:
    return keys.derived("backup fingerprint", number)[:8].hex()


def _bound(header: bytes, place: int, *, last: bool) -> bytes:
    return header + place.to_bytes(8, "big") + bytes([last])


class Sealing:
    """Encrypts what is written to it; `finish` writes the last piece."""

    def __init__(self, file: BinaryIO, keys: Keys) -> None:
        self._file, self._cipher = file, _cipher(keys, keys.current)
        said = {
            "alongside": "backup",
            "format": FORMAT,
            "key": keys.current,
            "fingerprint": _fingerprint(keys, keys.current),
            "name": secrets.token_hex(8),
        }
        self._header = json.dumps(said).encode() + b"\n"
        self._waiting, self._place = bytearray(), 0
        file.write(self._header)

    def write(self, data: bytes) -> int:
        """Take in some bytes."""
        self._waiting += data
        while len(self._waiting) > PIECE:
            self._seal(PIECE, last=False)
        return len(data)

    def finish(self) -> None:
        """Write what is left, marked as the last piece."""
        self._seal(len(self._waiting), last=True)

    def _seal(self, size: int, *, last: bool) -> None:
        nonce = os.urandom(NONCE)
        bound = _bound(self._header, self._place, last=last)
        self._file.write(nonce + self._cipher.encrypt(nonce, bytes(self._waiting[:size]), bound))
        del self._waiting[:size]
        self._place += 1


class Opening:
    """Reads back what `Sealing` wrote.

    Raises
    ------
    Damaged : another kind of file, other keys, or a file that is not whole
    """

    def __init__(self, file: BinaryIO, keys: Keys) -> None:
        self._file, self._name = file, getattr(file, "name", "This file")
        self._header = file.readline(LONGEST_HEADER)
        number = self._number(keys)
        self._cipher = _cipher(keys, number)
        self._open, self._place = bytearray(), 0
        self._next = file.read(NONCE + PIECE + TAG)

    def _number(self, keys: Keys) -> int:
        try:
            said = json.loads(self._header)
            known = said["alongside"] == "backup"
            version, number, fingerprint = said["format"], said["key"], said["fingerprint"]
        except (ValueError, KeyError, TypeError, RecursionError):
            known = False
        if not known:
            raise Damaged(f"{self._name} is not a backup made by Alongside; give one that is.")
        if version != FORMAT:
            raise Damaged(f"{self._name} was made by a newer Alongside; restore it with that version.")
        if not isinstance(number, int) or number not in keys.fields or _fingerprint(keys, number) != fingerprint:
            raise Damaged(f"These keys do not open {self._name}; give the key file that belongs to it with --keys.")
        return number

    def read(self, size: int) -> bytes:
        """Give up to `size` bytes; none at the end."""
        while len(self._open) < size and self._next:
            piece, self._next = self._next, self._file.read(NONCE + PIECE + TAG)
            bound = _bound(self._header, self._place, last=not self._next)
            try:
                self._open += self._cipher.decrypt(piece[:NONCE], piece[NONCE:], bound)
            except (InvalidTag, ValueError) as error:
                raise Damaged(f"{self._name} is damaged or not whole; restore another backup.") from error
            self._place += 1
        given = bytes(self._open[:size])
        del self._open[:size]
        return given

    def finish(self) -> None:
        """Read to the end, so that the last piece has been checked too."""
        while self.read(PIECE):
            pass
        if self._place == 0:
            raise Damaged(f"{self._name} is damaged or not whole; restore another backup.")
