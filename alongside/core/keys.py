"""The keys that keep what people say unreadable: one file beside the data folder, never inside it, never in a backup.

The file is JSON: `secret_key` signs sessions; `field_keys` are numbered root keys of 256 bits, the highest number in
use for writing, the others still read. No root key touches a record: from each a key is derived for one purpose.
`retired_keys` has the fingerprints of those that were taken out, by which a running site knows the file for its own.
"""

import base64
import contextlib
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from alongside.core import files
from alongside.core.home import DATABASE, Missing, home
from alongside.core.using import InUse, replacing


@dataclass(frozen=True)
class Keys:
    """What the key file holds; `fields` are by number, and so are the fingerprints of those that are `gone`."""

    secret_key: str
    fields: dict[int, bytes]
    gone: dict[int, str] = field(default_factory=dict)

    @cached_property
    def current(self) -> int:
        """The number of the key that new values are written with."""
        return max(self.fields)

    def derived(self, purpose: str, number: int | None = None) -> bytes:
        """A 32-byte key for one purpose, from the field key of that number."""
        root = self.fields[self.current if number is None else number]
        return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode()).derive(root)

    def fingerprint(self, number: int) -> str:
        """What tells a key from others and says nothing of it."""
        return self.derived("fingerprint", number)[:8].hex()

    def follow(self, before: "Keys") -> bool:
        """Whether these are the same records' keys later: each key from before is here, or known to be gone."""
        return all(
            self.fields.get(number) == key or self.gone.get(number) == before.fingerprint(number)
            for number, key in before.fields.items()
        )


class Ring:
    """The keys of a running site: as they lie in their file, read again when a command has changed it."""

    def __init__(self, keys: Keys, file: Path) -> None:
        self._keys, self._file = keys, file
        self._seen: tuple[int, int] | None = None  # these keys were read a moment ago: the file may be another by now
        self._known = dict(keys.fields)  # also those taken out since: something may have been read a moment before

    @property
    def secret_key(self) -> str:
        """What signs sessions."""
        return self._keys.secret_key

    def newest(self) -> Keys:
        """As the file says now; a file that is gone, damaged or of other records changes nothing."""
        stamp = _stamp(self._file)
        if stamp != self._seen:
            with contextlib.suppress(Missing):
                again = read(self._file)
                if again.follow(self._keys):
                    self._keys = again
                    self._known |= again.fields
            self._seen = stamp
        return self._keys

    def root(self, number: int) -> bytes:
        """The key of this number.

        Raises
        ------
        KeyError : there is none
        """
        if number not in self._known:
            self.newest()
        return self._known[number]


def _stamp(file: Path) -> tuple[int, int]:
    try:
        found = file.stat()
    except OSError:
        return 0, 0
    return found.st_ctime_ns, found.st_ino  # also another when somebody else is allowed to read it


def path() -> Path:
    """The key file: ALONGSIDE_KEYS, else `<data folder>.keys`."""
    said = os.environ.get("ALONGSIDE_KEYS")
    return Path(said).resolve() if said else home().with_name(f"{home().name}.keys")


def missing() -> Missing:
    """What to say when the key file is not in its place."""
    return Missing(
        f"The keys that open {home()} are not at {path()}. Put the key file back there, "
        "or say where it is with ALONGSIDE_KEYS. Without it nobody can read these records."
    )


def load() -> Keys:
    """Read the keys; make them where there are no records yet. Of the commands only `init` and the demo come so far.

    Raises
    ------
    Missing : there are data but no keys, or the file is damaged
    """
    file = path()
    if not file.exists():
        if (home() / DATABASE).exists():
            raise missing()
        try:
            return make()
        except FileExistsError:
            return read(file)  # another command made them just now
    return read(file)


def read(file: Path) -> Keys:
    """Read a key file."""
    return opened(held(file), file)


def held(file: Path) -> bytes:
    """What a key file holds, unread."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise Missing(f"The key file {file} cannot be opened ({error.strerror}); check who may read it.") from error


def opened(written: bytes, file: Path) -> Keys:
    """Read what a key file held."""
    try:
        said = json.loads(written)
        fields = {int(number): base64.b64decode(key, validate=True) for number, key in said["field_keys"].items()}
        gone = {int(number): str(mark) for number, mark in said.get("retired_keys", {}).items()}
        keys = Keys(secret_key=said["secret_key"], fields=fields, gone=gone)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Missing(f"The key file {file} is damaged ({error}); put back the copy you keep elsewhere.") from error
    if not fields or any(len(key) != 32 for key in fields.values()):
        raise Missing(f"A key in {file} has the wrong length; put back the copy you keep elsewhere.")
    return keys


def make() -> Keys:
    """Write a new key file that only its owner can read; whole, or not at all, and never over one that is there.

    Raises
    ------
    FileExistsError : there are keys already
    """
    keys = Keys(secret_key=secrets.token_urlsafe(48), fields={1: secrets.token_bytes(32)})
    file = path()
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_name(f".{file.name}.{os.getpid()}.new")
    files.write_new(new, _written(keys))
    try:
        os.link(new, file)
    finally:
        new.unlink()
    return keys


@contextmanager
def changing() -> Iterator[None]:
    """Be the only command that changes the keys.

    Raises
    ------
    WrongUse : another one does
    """
    try:
        with replacing(path()):
            yield
    except InUse as error:
        from alongside.evaluation.problems import WrongUse  # only a command gets here, never the settings

        raise WrongUse("Another command is changing the keys; wait until it is done.") from error


def add() -> Keys:
    """Put a new key into the file, with which everything is written from now on, and a new secret for sessions."""
    held = read(path())
    keys = replace(
        held,
        secret_key=secrets.token_urlsafe(48),
        fields={**held.fields, held.current + 1: secrets.token_bytes(32)},
    )
    return _put(keys)


def keep_newest() -> list[int]:
    """Take every key but the newest out of the file; gives the numbers of those that were there."""
    held = read(path())
    old = sorted(held.fields.keys() - {held.current})
    gone = held.gone | {number: held.fingerprint(number) for number in old}
    _put(replace(held, fields={held.current: held.fields[held.current]}, gone=gone))
    return old


def _put(keys: Keys) -> Keys:
    file = path().resolve()  # where a link leads, the link stays
    files.replace(file, _written(keys).decode())
    files.settle(file.parent)
    return keys


def _written(keys: Keys) -> bytes:
    held = {
        "secret_key": keys.secret_key,
        "field_keys": {str(number): base64.b64encode(key).decode() for number, key in keys.fields.items()},
        **({"retired_keys": {str(number): mark for number, mark in keys.gone.items()}} if keys.gone else {}),
    }
    return json.dumps(held, indent=2).encode()
