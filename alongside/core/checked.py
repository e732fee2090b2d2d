"""Settings that are looked at before they are used; a wrong one is named in a sentence that quotes no password."""

import re
import zoneinfo
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from alongside.core.home import Missing

LONGEST_PORT = 65535
DATABASE_LIKE = (
    "The setting “database” is not an address such as postgresql://user:password@host:port/name. "
    "In a password write %40 for @, %2F for / and %3A for :."
)


def is_site(said: str) -> bool:
    """Whether this is the address of a site: http or https, a name, perhaps a port, and nothing after it."""
    try:
        place = urlsplit(said)
        port = place.port
    except ValueError:
        return False
    whole = re.fullmatch(r"([\w.-]+|\[[0-9a-fA-F:.]+\])(:\d+)?", place.netloc)
    return (
        bool(whole) and place.scheme in {"http", "https"} and port != 0 and said == f"{place.scheme}://{place.netloc}"
    )


def address(said: str) -> str:
    """The address that people type."""
    if not is_site(said.rstrip("/")):
        raise Missing(
            "The setting “address” is not an address such as https://support.wrenstreet.example, with nothing after it."
        )
    return said.rstrip("/")


def number(name: str, said: str, least: int, most: int) -> int:
    """A whole number within bounds."""
    if not re.fullmatch(r"[0-9]{1,6}", said) or not least <= int(said) <= most:
        raise Missing(f"The setting “{name}” is no whole number from {least} to {most}; mend it.")
    return int(said)


def time_zone(said: str) -> str:
    """Where the organisation is."""
    try:
        zoneinfo.ZoneInfo(said)
    except (ValueError, OSError, zoneinfo.ZoneInfoNotFoundError) as error:
        raise Missing("The setting “time_zone” is no place such as Europe/London; mend it.") from error
    return said


def database(said: str) -> dict[str, Any]:
    """What Django wants to know of a PostgreSQL database, from its address; what follows a "?" goes on to libpq."""
    from psycopg.pq import Conninfo

    known = {option.keyword.decode() for option in Conninfo.get_defaults()}
    try:
        place = urlsplit(said)
        name, port = unquote(place.path.removeprefix("/")), place.port
        options = dict(parse_qsl(place.query, keep_blank_values=True, strict_parsing=bool(place.query)))
    except ValueError:
        raise Missing(DATABASE_LIKE) from None  # its own words may hold a part of the password
    if place.scheme not in {"postgresql", "postgres"} or not name or "/" in name or place.fragment:
        raise Missing(DATABASE_LIKE)
    if unknown := sorted(set(options) - (known - {"dbname", "user", "password"})):
        raise Missing(f"The setting “database” has an option that PostgreSQL does not know: {unknown[0]!r}.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(place.username or ""),
        "PASSWORD": unquote(place.password or ""),
        "HOST": unquote(place.hostname or ""),
        "PORT": str(port or ""),
        "CONN_MAX_AGE": 0,
        "OPTIONS": {**options, "pool": {"min_size": 1, "max_size": 20}},
    }
