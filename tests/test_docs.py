"""The documentation is complete, true and leads somewhere: it says what the code says, and its commands run."""

import ast
import json
import os
import re
import runpy
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
import typer
from django.apps import apps
from pydantic import TypeAdapter

from alongside.config.cli import app
from alongside.evaluation.results import Results

ROOT = Path(__file__).resolve().parents[1]
ALONGSIDE = Path(sys.executable).with_name("alongside")
SAMPLE = Path("alongside/evaluation/sample")
REFERENCE = ROOT / "docs" / "reference"
PAGES = [
    page
    for page in [*ROOT.glob("*.md"), *ROOT.glob(".*/*.md"), *(ROOT / "docs").rglob("*.md")]
    if not {"node_modules", ".venv"} & set(page.parts)
]
SHOWN = [ROOT / "README.md", *(ROOT / "docs" / "tutorial").glob("*.md"), *(ROOT / "docs" / "how-to").glob("*.md")]
GENERATED = runpy.run_path(str(ROOT / "docs" / "make_reference.py"))["pages"]()
COMMAND = re.compile(r"(?:\$ )?(?:.*\| )?(?:[A-Z_]+=\S+ )*(alongside .+)")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[\d:]+Z?")
PASS_PHRASE = "a pass phrase for practice"  # noqa: S105 - invented, like the person
FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def named(page: Path) -> str:
    return str(page.relative_to(ROOT))


def headings(page: Path) -> set[str]:
    prose = FENCED.sub("", page.read_text("utf-8"))
    return set(re.findall(r"^#+ (.+)$", prose, re.MULTILINE))


def anchors(page: Path) -> set[str]:
    """The places a link may name, made from headings as code hosts make them."""
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings(page)}


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder such as a reader has: the shipped sample, and nothing else."""
    shutil.copytree(ROOT / SAMPLE, tmp_path / SAMPLE, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return tmp_path


def run(command: str, folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    """Run shell lines with `alongside` on the path; what it says to people is put where it was said.

    The settings of the tests are left out, so that a site is where a reader's would be: in this folder.
    """
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("ALONGSIDE_", "DJANGO_"))}
    environment = {**plain, "PATH": f"{ALONGSIDE.parent}:{os.environ['PATH']}", "COLUMNS": "100", **more}
    return subprocess.run(
        ["/bin/bash", "-c", command],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


# ---- the reference is complete ----


@pytest.mark.parametrize("name", GENERATED)
def test_a_reference_page_is_what_the_code_says_now(name: str) -> None:
    assert (REFERENCE / name).read_bytes() == GENERATED[name].encode(), f"{name} is old: run make docs"


def test_every_command_and_option_has_a_heading() -> None:
    below = typer.main.get_command(app).commands.items()  # type: ignore[attr-defined]
    wanted = {"alongside"} | {f"alongside {name}" for name, _ in below}
    wanted |= {spelling for _, command in below for option in command.params for spelling in option.opts}
    assert wanted - headings(REFERENCE / "commands.md") == set()


def settings_read() -> Iterator[str]:
    """Everything the program asks of the environment or of settings.toml, by the name that the page uses."""
    for file in (ROOT / "alongside").rglob("*.py"):
        if "tests" in file.parts:
            continue
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            match node:
                case ast.Call(func=ast.Name(id="setting" | "listed"), args=[ast.Constant(value=str(name)), *_]):
                    yield name
                case ast.Constant(value=str(name)) if re.fullmatch(r"ALONGSIDE_[A-Z]+", name):
                    yield name
    for command in typer.main.get_command(app).commands.values():  # type: ignore[attr-defined]
        yield from (option.envvar for option in command.params if option.envvar)


def test_every_setting_has_a_heading_and_every_heading_a_setting() -> None:
    read = set(settings_read())
    assert {"address", "database", "ALONGSIDE_HOME", "ALONGSIDE_KEYS", "ALONGSIDE_INIT_EMAIL"} <= read
    wanted = {name for name in read if name.islower() or name.removeprefix("ALONGSIDE_").lower() not in read}
    page = (REFERENCE / "settings.md").read_text("utf-8")
    assert set(re.findall(r"^### (.+)$", page, re.MULTILINE)) == wanted


def test_every_field_of_every_record_has_a_line() -> None:
    page = (REFERENCE / "privacy.md").read_text("utf-8")
    rooms = dict(re.findall(r"^## (\w+)\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL))
    records = {
        (room, name): lines
        for room, inside in rooms.items()
        for name, lines in re.findall(r"^### (\w+)\n(.*?)(?=^###|\Z)", inside, re.MULTILINE | re.DOTALL)
    }
    ours = [model for model in apps.get_models() if model.__module__.startswith("alongside.")]
    for model in ours:
        if model._meta.app_label == "demo":
            continue  # never where real people are
        fields = [*model._meta.local_fields, *model._meta.local_many_to_many]
        lines = re.findall(r"^\| (\w+) \|", records[model._meta.app_label, model.__name__], re.MULTILINE)
        assert lines == ["field", *(field.name for field in fields if field.name not in {"key", "made_at"})]


def result_keys(shape: Any, above: str = "") -> Iterator[str]:
    """Every dotted path of a result's shape."""
    if is_dataclass(shape):
        for field in fields(shape):
            path = f"{above}.{field.name}".lstrip(".")
            yield path
            yield from result_keys(get_type_hints(shape)[field.name], path)
    elif getattr(shape, "__origin__", None) in (tuple, dict):
        yield from result_keys(get_args(shape)[shape.__origin__ is dict], f"{above}.*")


def test_every_key_of_the_results_has_a_heading() -> None:
    wanted = set(result_keys(Results))
    assert {"measures.*.paired.ci95", "measures.*.by.*.*.improved.share", "file.rejected.*.reason"} <= wanted
    assert wanted - headings(REFERENCE / "results.md") == set()


def described(schema: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    for shape in (schema, *schema["$defs"].values()):
        for name, said in shape.get("properties", {}).items():
            yield f"{shape['title']}.{name}", bool(said.get("description"))


def test_the_schema_describes_every_key() -> None:
    schema = json.loads((REFERENCE / "results.schema.json").read_text("utf-8"))
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert [name for name, said in described(schema) if not said] == []


@pytest.mark.parametrize("how", ["", "--publish strict"], ids=["exact", "published"])
def test_results_and_tables_have_the_documented_shape(desk: Path, how: str) -> None:
    files = f"{SAMPLE}/forms.csv --attributes {SAMPLE}/clients.csv"
    done = run(f"alongside evaluate {files} --instrument service-evaluation --by gender {how} --out report", desk)
    assert done.returncode == 0, done.stdout
    TypeAdapter(Results).validate_json((desk / "report" / "results.json").read_bytes(), strict=True)
    page = (REFERENCE / "files.md").read_text("utf-8")
    tables = sorted((desk / "report" / "tables").iterdir())
    assert len(tables) == (4 if how else 6)
    for table in tables:
        with table.open(encoding="utf-8") as lines:
            columns = next(lines).strip().split(",")
        assert [column for column in columns if f"`{column}`" not in page] == [], table.name
        assert f"`{table.name}`" in page


# ---- links lead somewhere ----


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_link_leads_somewhere(page: Path) -> None:
    prose = FENCED.sub("", page.read_text("utf-8"))
    lost = []
    for link in re.findall(r"\]\(([^)\s]+)\)", prose):
        path, _, anchor = link.partition("#")
        target = page.parent / path if path else page
        if re.match(r"[a-z]+:", link):
            continue
        if not target.exists() or (anchor and target.suffix == ".md" and anchor not in anchors(target)):
            lost.append(link)
    assert lost == []


@pytest.mark.parametrize("page", sorted((ROOT / "docs" / "adr").glob("*.md")), ids=named)
def test_a_decision_is_short_and_has_four_parts(page: Path) -> None:
    text = page.read_text("utf-8")
    assert len(text.splitlines()) <= 45
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Context", "Options", "Decision", "Consequences"]


# ---- commands run and say what the page says ----


def commands(page: Path, kinds: tuple[str, ...] = ("", "sh", "console")) -> list[str]:
    """Every `alongside` command line in the blocks of a page, continued lines joined."""
    blocks = "\n".join(block for kind, block in FENCED.findall(page.read_text("utf-8")) if kind in kinds)
    joined = re.sub(r"\s*\\\n\s*", " ", blocks)
    return [found[1] for line in joined.splitlines() if (found := COMMAND.fullmatch(line))]


def test_commands_are_found() -> None:
    fenced = {page: "".join(block for _, block in FENCED.findall(page.read_text("utf-8"))) for page in SHOWN}
    assert [named(page) for page in SHOWN if "alongside evaluate" in fenced[page] and not commands(page)] == []
    assert sum(len(commands(page)) for page in SHOWN) >= 10


@pytest.mark.parametrize("page", SHOWN, ids=named)
def test_every_command_shown_has_known_options(page: Path) -> None:
    known = headings(REFERENCE / "commands.md")
    for line in commands(page):
        words = shlex.split(line, comments=True)
        assert [word for word in words if word.startswith("--") and word not in known] == [], line


@pytest.mark.parametrize("page", SHOWN, ids=named)
def test_every_command_on_a_shipped_file_runs(page: Path, desk: Path) -> None:
    for line in commands(page, kinds=("", "sh")):
        if f"{SAMPLE}/" in line:
            done = run(line, desk)
            assert done.returncode == 0, (line, done.stdout)


def sessions(page: Path) -> list[str]:
    return [block for kind, block in FENCED.findall(page.read_text("utf-8")) if kind == "console"]


@pytest.mark.parametrize("page", [page for page in SHOWN if sessions(page)], ids=named)
def test_what_a_page_shows_is_what_comes_out(page: Path, desk: Path) -> None:
    """Each console block is run as one, in the reader's folder, one after another; `…` is the folder, or a moment."""
    for block in sessions(page):
        joined = re.sub(r"\\\n\s*", "", block)
        asked = [line[2:] for line in joined.splitlines() if line.startswith("$ ")]
        shown = [line for line in joined.splitlines() if not line.startswith("$ ")]
        done = run("\n".join(asked), desk)
        said = MOMENT.sub("…", done.stdout.replace(str(desk.resolve()), "…"))
        assert said.splitlines() == shown
        assert done.returncode == 0, asked


def pasted(name: str) -> str:
    """What a how-to has people paste into the program's shell, with a password where it asks for one."""
    page = (ROOT / "docs" / "how-to" / name).read_text("utf-8")
    blocks = "".join(block for kind, block in FENCED.findall(page) if kind == "python")
    return re.sub(r"getpass\(.*\)", repr(PASS_PHRASE), blocks)


def test_what_people_paste_into_the_shell_does_what_the_page_says(desk: Path) -> None:
    said = "--name 'Wren Street' --person 'Jo Marsh' --email jo@wrenstreet.example --password-stdin"
    begun = run(f"echo '{PASS_PHRASE}' | alongside init {said}", desk)
    assert begun.returncode == 0, begun.stdout
    between = """
from alongside.audit.chain import first_break
from alongside.audit.models import Entry
from alongside.care.actions import clients
print(*User.objects.order_by("email").values_list("name", "role", "is_active"))
print(person.check_password(password), Organisation.objects.get().name)
print(first_break(), *Entry.objects.filter(did__startswith="user.").values_list("did", flat=True))
added = clients.add(code="WS-0001", by=person)

"""
    whole = pasted("add-a-worker.md") + between + pasted("when-something-is-wrong.md")
    (desk / "pasted.py").write_text(whole, "utf-8")
    shell = f"{shlex.quote(sys.executable)} -m django shell --verbosity 0 < pasted.py"
    # the sample lies in a folder that is called as the program is: it must not be taken for it
    done = run(shell, desk, DJANGO_SETTINGS_MODULE="alongside.config.settings", PYTHONSAFEPATH="1")
    *lines, look = done.stdout.splitlines()
    assert lines == [
        "('Jo Marsh', 'lead', True)",
        "True Tanner’s Yard Surgery",
        "None user.added user.let-back-in",
    ]
    assert look.endswith(" Jo Marsh client.added")
