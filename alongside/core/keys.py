"""The keys that keep what people say unreadable: one file beside the data folder, never inside it, never in a backup.

The file is JSON: `secret_key` signs sessions; `field_keys` are numbered AES-256 keys, the highest number in use
for writing, the others still read.
"""

import base64
import json
import os
import secrets
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from alongside.core import files
from alongside.core.home import DATABASE, Missing, home


@dataclass(frozen=True)
class Keys:
    """What the key file holds; `fields` are by number."""

    secret_key: str
    fields: dict[int, bytes]

    @cached_property
    def current(self) -> int:
        """The number of the key that new values are written with."""
        return max(self.fields)

    def derived(self, purpose: str, number: int | None = None) -> bytes:
        """A 32-byte key for one purpose, from the field key of that number."""
        root = self.fields[self.current if number is None else number]
        return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode()).derive(root)


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
        keys = Keys(secret_key=said["secret_key"], fields=fields)
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
    held = {
        "secret_key": keys.secret_key,
        "field_keys": {str(number): base64.b64encode(key).decode() for number, key in keys.fields.items()},
    }
    file = path()
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_name(f".{file.name}.{os.getpid()}.new")
    files.write_new(new, json.dumps(held, indent=2).encode())
    try:
        os.link(new, file)
    finally:
        new.unlink()
    return keys
