"""Settings that cannot be used are named in a sentence, and a database's address is taken whole."""

import pytest

from alongside.core import checked
from alongside.core.home import Missing


def test_all_of_a_databases_address_is_taken() -> None:
    said = checked.database(
        "postgresql://jo%40wren:p%2Fw%3A@db.example:5433/our%20records?sslmode=verify-full&sslrootcert=/etc/ca.pem"
    )
    assert [said[part] for part in ("USER", "PASSWORD", "HOST", "PORT", "NAME")] == [
        "jo@wren", "p/w:", "db.example", "5433", "our records",
    ]  # fmt: skip
    assert said["OPTIONS"]["sslmode"] == "verify-full"
    assert said["OPTIONS"]["sslrootcert"] == "/etc/ca.pem"


def test_a_database_of_this_computer_needs_no_host() -> None:
    said = checked.database("postgresql:///alongside?host=/run/postgresql")
    assert (said["HOST"], said["OPTIONS"]["host"], said["NAME"]) == ("", "/run/postgresql", "alongside")


@pytest.mark.parametrize(
    "said",
    [
        "postgresql://jo:sec/ret@localhost/alongside",
        "postgresql://jo:sec#ret@localhost/alongside",
        "postgresql://jo:12?sec=ret@localhost/alongside",
        "postgresql://jo:secret@localhost:port/alongside",
        "postgresql://jo:secret@localhost",
        "mysql://jo:secret@localhost/alongside",
        "postgresql://jo:secret@[::1/alongside",
        "localhost/alongside",
    ],
)
def test_an_address_that_is_none_is_refused_and_nothing_of_it_is_shown(said: str) -> None:
    with pytest.raises(Missing, match="“database”") as refused:
        checked.database(said)
    assert not any(part in str(refused.value) for part in ("sec", "ret", "jo:"))
    assert refused.value.__suppress_context__ or refused.value.__context__ is None


def test_an_option_that_nobody_knows_is_named() -> None:
    with pytest.raises(Missing, match="sslmod"):
        checked.database("postgresql://localhost/alongside?sslmod=require")


@pytest.mark.parametrize(
    ("said", "fits"),
    [
        ("https://support.wrenstreet.example", True),
        ("http://localhost:8000", True),
        ("http://[::1]:8000", True),
        ("http://[::1", False),
        ("http://localhost:99999", False),
        ("http://localhost:0", False),
        ("https://support.wrenstreet.example/here", False),
        ("https://jo@support.wrenstreet.example", False),
        ("ftp://support.wrenstreet.example", False),
        ("support.wrenstreet.example", False),
    ],
)
def test_addresses_of_sites(said: str, fits: bool) -> None:
    assert checked.is_site(said) is fits


@pytest.mark.parametrize("said", ["", "4", "61", "15.5", "-15", "fifteen", "1e1", " 15", "١٥", "9" * 40])
def test_a_number_out_of_bounds_is_refused_and_says_which_are_in_them(said: str) -> None:
    with pytest.raises(Missing, match="“staff_idle_minutes” is no whole number from 5 to 60"):
        checked.number("staff_idle_minutes", said, 5, 60)


def test_a_number_within_them_is_taken() -> None:
    assert [checked.number("staff_idle_minutes", said, 5, 60) for said in ("5", "15", "60")] == [5, 15, 60]
