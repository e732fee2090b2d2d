"""What `alongside doctor --security` adds: how well this installation keeps what it was told."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from alongside.core import home, keys
from alongside.core.findings import Finding

ROOMS = "safekeeping"  # the tag under which a room registers what it knows of this
KEYS_CHANGED_WITHIN = timedelta(days=365)
BLOCKS = Path("/sys/dev/block")
ENCRYPTED = "CRYPT-"  # how the kernel names a disk that dm-crypt opened


def examine() -> Iterator[Finding]:
    """Look at settings, disk and keys; the rooms are asked by the doctor, as always."""
    yield from _settings()
    yield from _disk(home.home())
    yield from _keys()
    yield Finding(
        what="Whether a known weakness touches a package is not checked here.",
        remedy="Run make audit, where the package registry offers advisories.",
        wrong=False,
    )
    yield Finding(
        what="Each backup is opened as it is made; whether one was ever restored elsewhere is not known here.",
        remedy="Restore one on another machine every three months, and write down the day and who did it.",
        wrong=False,
    )
    yield Finding(
        what="Whether the audit’s anchors are kept elsewhere is not known here.",
        remedy="Let alongside audit anchor run every night, and keep its line on another machine.",
        wrong=False,
    )


def _settings() -> Iterator[Finding]:
    """Whatever Django itself would warn of before the site goes out; unless only this computer can reach it."""
    from django.conf import settings
    from django.core import checks

    if settings.DEBUG:
        yield Finding(
            what="When something breaks the site shows its own code and settings (DEBUG).",
            remedy="Take out whatever sets DEBUG, and start the site again.",
        )
    warned = checks.run_checks(tags=[checks.Tags.security], include_deployment_checks=True)
    found = [one for one in warned if one.level >= checks.WARNING and not one.is_silenced()]
    if settings.HTTPS:
        for one in found:
            yield Finding(what=f"The settings are not as they were made: {one.id}.", remedy=str(one.hint or one.msg))
    elif found:
        yield Finding(
            what="Without https cookies can be read on their way, and browsers are not told to keep to https.",
            remedy="Set “address” to an https address. For this computer alone, as in the demo, it is no harm.",
            wrong=False,
        )


def _disk(folder: Path) -> Iterator[Finding]:
    """Dates, answers and codes are readable in the database, so its disk has to be encrypted."""
    match encrypted(folder):
        case True:
            return
        case False:
            yield Finding(
                what=f"The disk that holds {folder} is not encrypted, as far as this computer says.",
                remedy="Move the data to an encrypted disk. If the machine’s host encrypts it, write down who said so.",
                wrong=False,
            )
        case None:
            yield Finding(
                what=f"Whether the disk that holds {folder} is encrypted is not known here.",
                remedy="Ask whoever looks after the machine, and write down the answer.",
                wrong=False,
            )


def encrypted(folder: Path, blocks: Path = BLOCKS) -> bool | None:
    """Whether the disk under a folder is one that this computer opens with a key; None where that cannot be seen."""
    number = os.stat(folder).st_dev  # noqa: PTH116 - the number of the device is all that is wanted
    disk = blocks / f"{os.major(number)}:{os.minor(number)}"
    if not disk.exists():
        return None  # a folder of another computer, or of a container
    return _opened_with_a_key(disk.resolve())


def _opened_with_a_key(disk: Path) -> bool:
    named = disk / "dm" / "uuid"
    if named.exists() and named.read_text("ascii", errors="replace").startswith(ENCRYPTED):
        return True
    below = list((disk / "slaves").iterdir()) if (disk / "slaves").is_dir() else []
    return bool(below) and all(_opened_with_a_key(one.resolve()) for one in below)


def _keys() -> Iterator[Finding]:
    file = keys.path()
    age = datetime.now(UTC) - datetime.fromtimestamp(file.stat().st_mtime, UTC)
    if age > KEYS_CHANGED_WITHIN:
        yield Finding(
            what=f"The keys were last changed {age.days} days ago, as far as their file says.",
            remedy="Run alongside keys rotate, and keep a copy of the new key file elsewhere.",
        )
    if _same_disk(file, home.home()):
        yield Finding(
            what="The key file lies on the same disk as the records, so whoever takes the disk has both.",
            remedy="Put it on another disk or a key store, and say where it is with ALONGSIDE_KEYS.",
            wrong=False,
        )


def _same_disk(one: Path, other: Path) -> bool:
    return one.stat().st_dev == other.stat().st_dev
