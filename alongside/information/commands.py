"""The command `alongside init`: a new organisation, its helplines and the first person who can sign in."""

import json
import os
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer

from alongside.core import starting
from alongside.evaluation.problems import BadInput, WrongUse

WHO = "init"  # who did it, in the audit: nobody has signed in yet
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
        bool, typer.Option("--password-stdin", help="Read their password from standard input, to its end.")
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
    from alongside.core import home, keys

    keys.load()
    starting.set_up()
    starting.migrate()
    from alongside.information import beginning

    if beginning.has_begun():
        raise WrongUse(f"There is an organisation in {home.home()} already; alongside serve opens its site.")
    name, nation, address, person, email = (question.answer() for question in questions)
    said = beginning.Said(name=name, nation=nation, person=person, email=email)
    password = _password(said, beginning.password_problem, from_stdin=password_stdin)
    _write_address(home.home() / "settings.toml", address)
    beginning.begin(said, password=password, by=WHO)
    typer.echo(home.home())
    return address, keys.path()


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
    place = urlsplit(said)
    whole = f"{place.scheme}://{place.netloc}" == said.rstrip("/") and re.fullmatch(r"[\w.-]+(:\d+)?", place.netloc)
    if not whole or place.scheme not in {"http", "https"}:
        raise ValueError("Enter an address such as https://support.wrenstreet.example, with nothing after the name.")
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
    return said


def _password(said: object, problem: Callable[..., str], *, from_stdin: bool) -> str:
    if from_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
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


def _write_address(file: Path, address: str) -> None:
    """Write the one line that the site needs; other lines stay as they are."""
    lines = file.read_text("utf-8").splitlines() if file.exists() else []
    kept = [line for line in lines if not re.match(r"\s*address\s*=", line)]
    new = file.with_name(f".{file.name}.new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as opened:
        opened.write("\n".join([f"address = {json.dumps(address)}", *kept]) + "\n")
        opened.flush()
        os.fsync(opened.fileno())
    new.replace(file)


def _say_what_is_next(address: str, key_file: Path) -> None:
    starting.say(
        f"Ready. Next:\n"
        f"1. Copy {key_file} to a safe place elsewhere. Without it nobody can read these records, nor any backup.\n"
        f"2. Run alongside serve, and open {address}.\n"
        f"3. Sign in with your email and password, and set up your authenticator app.\n"
        f"4. Run alongside doctor now and then, and alongside backup DIR every night."
    )
