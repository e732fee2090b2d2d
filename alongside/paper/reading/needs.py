"""Says what to install when this machine cannot read pictures."""

from importlib.util import find_spec

NEEDED = ("cv2", "zxingcpp", "pypdfium2", "PIL")


class NotInstalled(RuntimeError):
    """This machine lacks what reads pictures; the message says what to install."""


def check() -> None:
    """Make sure that pictures can be read here.

    Raises
    ------
    NotInstalled
        If a library is missing.

    Examples
    --------
    >>> check()
    """
    if any(find_spec(name) is None for name in NEEDED):
        raise NotInstalled("Reading pages needs libraries that are not here; install alongside[scan].")
