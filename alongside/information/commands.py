"""The command `alongside init`: a new organisation, its helplines and the first person who can sign in."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer

from alongside.core import starting
from alongside.evaluation.problems import BadInput, MachineLacks, WrongUse

WHO = "init"  # who did it, in the audit: nobody has signed in yet
LONGEST_EMAIL = 254
LOOPBACK = {"localhost", "127.0.0.1"}
NATIONS = ("england", "wales", "scotland", "northern-ireland")


def register(app: typer.Typer) -> None:
    """Mount this room's command."""
    app.command()(init)


def _option(name: str, described: str) -> typer.models.OptionInfo:
    variable = f"ALONGSIDE_INIT_{name.upper()}"
    option: typer.models.OptionInfo = typer.Option(
        f"--{name}", metavar="TEXT", envvar=variable, show_envvar=False, show_default=False,
        help=f"{described} Also as {variable}.",
    )  # fmt: skip
    return option


def init(
    name: Annotated[str | None, _option("name", "The organisation’s name.")] = None,
    nation: Annotated[str | None, _option("nation", "england, wales, scotland or northern-ireland.")] = None,
    address: Annotated[str | None, _option("address", "The site’s address, beginning with https.")] = None,
    person: Annotated[str | None, _option("person", "The name of the first person who signs in.")] = None,
    email: Annotated[str | None, _option("email", "Their work email.")] = None,
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Read their password from the first line of standard input.")
    ] = False,
) -> None:
    """Begin: make keys and the database, name the organisation, and add the first service lead. Asks what it must."""
    with starting.plainly():
        questions = [
            _Question("The organisation’s name", "--name", _short("the organisation’s name"), name),
            _Question(f"Nation ({', '.join(NATIONS)})", "--nation", _nation, nation, "england"),
            _Question("The site’s address", "--address", _address, address, "http://localhost:8000"),
            _Question("Your name", "--person", _short("your name"), person),
            _Question("Your work email", "--email", _email, email),
        ]
        for question in questions:
            question.check_what_was_given()
        _say_what_is_next(*_begin(questions, password_stdin=password_stdin))


def _begin(questions: list["_Question"], *, password_stdin: bool) -> tuple[str, Path]:
    """Make everything that is not there yet, the first person last; gives the address and the key file."""
    from alongside.core import begun, home, keys
    from alongside.core.using import InUse, using, using_database

    folder = home.home()
    begun.not_as_root(folder)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        with using(folder):
            _make_keys_where_nothing_is()
            with starting.reachable(), using_database():
                starting.migrate()
    except InUse as error:
        raise WrongUse(f"A backup is being restored to {folder}; wait until that is done.") from error
    from alongside.information import beginning

    name, nation, address, person, email = (question.answer() for question in questions)
    said = beginning.Said(name=name, nation=nation, person=person, email=email)
    password = _password(said, beginning.password_problem, from_stdin=password_stdin)
    home.write_setting(folder / "settings.toml", "address", address)
    beginning.begin(said, password=password, by=WHO)
    typer.echo(folder)
    return address, keys.path()


def _make_keys_where_nothing_is() -> None:
    """Make keys where there are none, and take them away again if there are records that they do not belong to."""
    from alongside.core import begun, keys

    os.environ["ALONGSIDE_ADDRESS"] = "http://localhost:8000"  # whatever the old line says, a new one is asked for
    new = not keys.path().exists()
    keys.load()
    starting.set_up()
    try:
        with starting.reachable():
            begun.nothing()
    except (WrongUse, MachineLacks):
        if new:
            keys.path().unlink()
        raise


@dataclass
class _Question:
    """Something to be told, by an option or by the person at the keyboard."""

    text: str
    option: str
    check: Callable[[str], str]
    given: str | None
    default: str | None = None

    def check_what_was_given(self) -> None:
        """Refuse an option before anything is made, and a question that nobody could answer."""
        if self.given is None and not sys.stdin.isatty():
            if self.default is None:
                raise WrongUse(f"There is nobody to ask; give {self.option}.")
            self.given = self.default
        if self.given is not None:
            try:
                self.given = self.check(self.given.strip())
            except ValueError as error:
                raise WrongUse(f"{self.option}: {error}") from error

    def answer(self) -> str:
        """What was given, or what the person says, as soon as it fits."""
        while self.given is None:
            try:
                self.given = self.check(typer.prompt(self.text, default=self.default, err=True).strip())
            except ValueError as error:
                starting.say(str(error))
        return self.given


def _short(what: str) -> Callable[[str], str]:
    def check(said: str) -> str:
        if not said or len(said) > 100 or not said.isprintable():
            raise ValueError(f"Enter {what}, in up to 100 letters.")
        return said

    return check


def _address(said: str) -> str:
    from alongside.core.checked import is_site

    if not is_site(said.rstrip("/")):
        raise ValueError("Enter an address such as https://support.wrenstreet.example, with nothing after the name.")
    place = urlsplit(said)
    if place.scheme == "http" and place.hostname not in LOOPBACK:
        raise ValueError(
            "Enter an address that begins with https, so that what people write cannot be read on its way."
        )
    return said.rstrip("/")


def _nation(said: str) -> str:
    if said.lower() not in NATIONS:
        raise ValueError(f"Enter one of {', '.join(NATIONS)}.")
    return said.lower()


def _email(said: str) -> str:
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    try:
        validate_email(said)
    except ValidationError as error:
        raise ValueError("Enter a work email, such as jo@wrenstreet.example.") from error
    if len(said) > LONGEST_EMAIL:
        raise ValueError(f"Enter a work email of up to {LONGEST_EMAIL} letters.")
    return said


def _password(said: object, problem: Callable[..., str], *, from_stdin: bool) -> str:
    if from_stdin:
        try:
            password = sys.stdin.readline().rstrip("\r\n")
            password.encode()
        except UnicodeError as error:
            raise BadInput("The password on standard input is not UTF-8; send it as UTF-8.") from error
        if wrong := problem(said, password):
            raise BadInput(wrong)
        return password
    if not sys.stdin.isatty():
        raise WrongUse("There is nobody to ask for a password; give --password-stdin.")
    while True:
        password = typer.prompt(
            "A password, 14 letters or more", hide_input=True, confirmation_prompt="The same again", err=True
        )
        if not (wrong := problem(said, password)):
            return str(password)
        starting.say(wrong)


def _say_what_is_next(address: str, key_file: Path) -> None:
    starting.say(
        f"Ready. Next:\n"
        f"1. Copy {key_file} to a safe place elsewhere. Without it nobody can read these records, nor any backup.\n"
        f"2. Run alongside serve, and open {address}.\n"
        f"3. Sign in with your email and password, and set up your authenticator app.\n"
        f"4. Run alongside doctor now and then, and alongside backup DIR every night."
    )
