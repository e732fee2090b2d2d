"""How it is said when numbers were checked."""

from collections.abc import Iterable
from datetime import date

from alongside.core.words import day
from alongside.information.checks import CHECKED_WITHIN
from alongside.information.models import Helpline

NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")


def checked(line: Helpline) -> str:
    """When a number was checked, and by whom; "" if it never was."""
    if line.checked_on is None:
        return ""
    return f"Checked on {day(line.checked_on)}" + (f" by {line.checked_by}" if line.checked_by else "")


def waits(line: Helpline, *, today: date) -> str:
    """What is still to do about a number, in a few words; "" if nothing is."""
    if not line.live:
        return "Hidden" if line.checked_on else "Waiting to be checked"
    return "To be checked again" if _old(line, today) else ""


def not_checked_lately(lines: Iterable[Helpline], *, today: date) -> str:
    """A sentence about numbers that people see and nobody has checked for 90 days; "" if there is none."""
    old = [line.checked_on for line in lines if line.live and line.checked_on and _old(line, today)]
    if not old:
        return ""
    number = NUMBERS[len(old)] if len(old) < len(NUMBERS) else str(len(old))
    last = max(old)
    since = f"{last:%B}" if last.year == today.year else f"{last:%B %Y}"
    return f"{number} {'number has' if len(old) == 1 else 'numbers have'} not been checked since {since}."


def _old(line: Helpline, today: date) -> bool:
    return line.checked_on is not None and line.checked_on < today - CHECKED_WITHIN
