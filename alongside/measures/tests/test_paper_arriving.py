"""Whatever is brought in, each page has a named outcome in a sentence; nothing is lost, and nothing is read twice."""

import io
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from PIL import Image, ImageDraw

from alongside.access.models import User
from alongside.care.models import Episode
from alongside.care.tests.conftest import counted
from alongside.core import clock
from alongside.measures.actions.paper import forgetting, storing
from alongside.measures.models import Batch, Mark, Page, PaperForm, Part, Response
from alongside.measures.paper import apart, beside, reader
from alongside.measures.tests.paper import jpeg, marked, pdf_of, printed, scanned

pytest.importorskip("cv2")
pytest.importorskip("zxingcpp")


@pytest.fixture
def form(episode: Episode, alice: User) -> tuple[PaperForm, Image.Image]:
    """A form for Rowan and the page of it, not marked yet."""
    pdf = printed(episode, alice)
    return PaperForm.objects.get(), scanned(pdf)


@pytest.fixture
def send(together: Browser) -> Callable[[bytes], Batch]:
    """Return how Alice brings in a file that is not read yet."""

    def bring(content: bytes, name: str = "scan") -> Batch:
        answer = together.post("/measures/paper/", {"scans": SimpleUploadedFile(name, content)})
        assert answer.status_code == 302
        return Batch.objects.order_by("-made_at")[0]

    return bring


def letter() -> Image.Image:
    page = Image.new("L", (1240, 1754), 255)
    ImageDraw.Draw(page).text((150, 200), "Dear all, thank you for the invitation.", fill=0, font_size=40)
    return page


def text_of(browser: Browser, batch: Batch) -> str:
    return " ".join(browser.get(f"/measures/paper/files/{batch.pk}/").text.split())


def test_pages_that_are_no_form_are_named_and_none_is_left_out(send, together: Browser, form) -> None:
    paper, page = form
    half = marked(page.copy(), paper).crop((0, 0, page.width, page.height // 2))
    batch = send(pdf_of(letter(), Image.new("L", (1240, 1754), 255), half))
    reader.read_waiting()
    outcomes = dict(batch.pages.values_list("number", "outcome"))
    assert set(outcomes) == {1, 2, 3}
    assert set(outcomes.values()) <= {"no_code", "unreadable"}
    assert all(batch.pages.values_list("why", flat=True))
    said = text_of(together, batch)
    assert "3 pages read." in said
    assert not Mark.objects.exists()


@pytest.mark.parametrize(
    "content",
    [b"hello", b"", b"%PDF-1.7\nnothing of a PDF", b"\xff\xd8\xff\xe0 cut off"],
    ids=["words", "nothing", "a damaged PDF", "a damaged picture"],
)
def test_a_file_that_does_not_open_says_so(content: bytes, send, together: Browser) -> None:
    if not content:
        answer = together.post("/measures/paper/", {"scans": SimpleUploadedFile("scan", content)})
        assert "One of these files is empty" in answer.text
        return
    batch = send(content)
    reader.read_waiting()
    batch.refresh_from_db()
    assert batch.standing == "stopped"
    assert batch.why.endswith(".")
    assert batch.why in text_of(together, batch)


def test_a_picture_bomb_is_refused_and_the_memory_is_bounded(send, together: Browser) -> None:
    bomb = io.BytesIO()
    Image.new("1", (40_000, 40_000)).save(bomb, "PNG")
    batch = send(bomb.getvalue())
    reader.read_waiting()
    batch.refresh_from_db()
    assert "larger than 100 million pixels" in batch.why
    assert apart.MEMORY < 4_000_000_000


def test_a_form_that_was_printed_elsewhere_is_unknown(send, form) -> None:
    paper, page = form
    scan = jpeg(marked(page, paper))
    paper.form_id = "777-777-777-7777"
    paper.save()
    batch = send(scan)
    reader.read_waiting()
    assert [one.outcome for one in batch.pages.all()] == ["unknown_id"]
    assert "type in its marks" in text_of_page(batch)


def text_of_page(batch: Batch) -> str:
    from alongside.measures.presenters.paper import DO

    return DO[Page.Outcome(batch.pages.get().outcome)]


def without_code(page: Image.Image, paper: PaperForm) -> Image.Image:
    """The page with coffee over its square code."""
    from alongside.measures.tests.paper import PX
    from alongside.paper.layout import Layout

    code = Layout.model_validate_json(paper.edition.layout).page(1).code
    assert code is not None
    (x, y), side = code.corner_mm, code.size_mm
    ImageDraw.Draw(page).rectangle([x * PX, y * PX, (x + side) * PX, (y + side) * PX], fill=90)
    return page


def test_a_page_whose_code_is_smudged_is_read_by_the_letters_that_a_person_types(send, form, together: Browser) -> None:
    paper, page = form
    batch = send(jpeg(without_code(marked(page, paper), paper)))
    reader.read_waiting()
    read = batch.pages.get()
    assert (read.outcome, read.form) == ("no_code", None)
    where = f"/measures/paper/pages/{read.pk}/"
    assert "thirteen letters" in together.post(where, {"do": "whose", "letters": "7KC"}).text
    assert "No form with these letters" in together.post(where, {"do": "whose", "letters": "7KC-4MP-XRT-96HT"}).text
    together.post(where, {"do": "whose", "letters": paper.form_id.lower()})
    reader.read_waiting()
    read.refresh_from_db()
    assert (read.outcome, read.form, read.form_page) == ("ok", paper, 1)
    assert Mark.objects.count() == 11


def test_what_was_stopped_goes_on_where_it_was(
    send, form, episode: Episode, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper, page = form
    printed(episode, alice)
    batch = send(pdf_of(marked(page.copy(), paper), letter(), letter()))
    real = storing.keep_page
    stored: list[int] = []

    def killed_at_the_second(**said: Any) -> Page | None:
        if said["said"]["page"] == 2 and not stored:
            stored.append(2)
            raise KeyboardInterrupt
        return real(**said)

    monkeypatch.setattr(storing, "keep_page", killed_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        reader.read_waiting()
    assert (batch.pages.count(), Part.objects.exists()) == (1, True)
    reader.read_waiting()
    assert sorted(batch.pages.values_list("number", flat=True)) == [1, 2, 3]
    assert Response.objects.count() + Mark.objects.filter(settled="").count() > 0
    assert not Part.objects.exists()


def test_a_page_that_ends_its_process_is_unreadable_and_the_next_is_read(
    send, form, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper, page = form
    batch = send(pdf_of(letter(), marked(page, paper)))
    runs: list[int] = []
    real = beside._run

    def dies_on_the_first_page(content: bytes, wanted: dict[str, Any]) -> Iterator[dict[str, Any]]:
        runs.append(wanted["first"])
        if wanted["first"] == 1:
            yield {"began": 1}
            return
        yield from real(content, wanted)

    monkeypatch.setattr(beside, "_run", dies_on_the_first_page)
    reader.read_waiting()
    first, second = batch.pages.order_by("number")
    assert (first.outcome, second.outcome, runs) == ("unreadable", "ok", [1, 2])
    assert "took too long or too much memory" in first.why


def test_a_page_that_goes_wrong_here_is_named_and_holds_up_no_other(
    send, form, together: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper, page = form
    batch = send(pdf_of(marked(page, paper), letter()))

    def fails(_page: Page, _marks: object) -> None:
        raise ValueError("nobody thought of this")

    monkeypatch.setattr(storing, "_compare", fails)
    reader.read_waiting()
    assert list(batch.pages.order_by("number").values_list("outcome", flat=True)) == ["unreadable", "no_code"]
    assert batch.pages.order_by("number")[0].picture
    assert "Something went wrong here, not with your page" in text_of(together, batch)


def test_what_waits_is_unreadable_on_the_disk_and_gone_once_it_is_read(send, form) -> None:
    paper, page = form
    content = jpeg(marked(page, paper))
    send(content)
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM measures_part")
        stored = cursor.fetchone()[0]
    assert stored.startswith("r")
    assert b"".join(part.content for part in Part.objects.order_by("number")) == content
    assert not [file for file in Path(settings.HOME).rglob("*") if file.suffix in {".jpg", ".pdf"}]
    reader.read_waiting()
    assert not Part.objects.exists()


def test_without_what_reads_pictures_the_page_says_kindly_what_to_install(
    together: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beside, "can_read", lambda: False)
    page = together.get("/measures/paper/").text
    assert "alongside[scan]" in page
    assert "Type in a paper form" in page
    assert 'type="file"' not in page


def test_pictures_are_deleted_ninety_days_after_the_form_is_in_the_record(
    send, form, together: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper, page = form
    send(jpeg(marked(page, paper)))
    reader.read_waiting()
    for mark in Mark.objects.filter(settled=""):
        together.post(f"/measures/paper/marks/{mark.pk}/", {"mark": f"{mark.was:.1f}", "do": "keep"})
    assert Response.objects.count() == 1
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=89))
    assert forgetting.forget_old_pages() == 0
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=91))
    assert forgetting.forget_old_pages() == 1
    assert (Page.objects.count(), Mark.objects.count(), Batch.objects.count()) == (0, 0, 0)
    assert Response.objects.count() == 1


def test_a_page_that_comes_in_after_its_pictures_are_deleted_changes_nothing(send, form, together: Browser) -> None:
    paper, page = form
    paper.landed_at = clock.now() - timedelta(days=200)
    paper.save()
    batch = send(jpeg(marked(page, paper)))
    reader.read_waiting()
    assert [one.outcome for one in batch.pages.all()] == ["duplicate"]
    assert "in the record already" in text_of(together, batch)
    assert not Response.objects.exists()


def test_a_page_thrown_away_is_in_no_record(send, form, together: Browser) -> None:
    paper, page = form
    send(jpeg(marked(page, paper, future=None)))
    reader.read_waiting()
    read = Page.objects.get()
    together.post(f"/measures/paper/pages/{read.pk}/", {"do": "aside"})
    mark = Mark.objects.get(item="future")
    said = together.post(f"/measures/paper/marks/{mark.pk}/", {"do": "missing"}, follow=True)
    assert said.status_code == 200
    assert not Response.objects.exists()


def test_pages_ask_the_database_little_however_many_forms_there_are(form, together: Browser, alice: User) -> None:
    paper, _ = form
    batch = Batch.objects.create(brought_by=alice, digest="d" * 64, standing=Batch.Standing.READ)
    for number in range(1, 41):
        copy = PaperForm.objects.get(pk=paper.pk)
        copy.pk, copy.form_id = f"{number:032x}", f"copy-{number}"
        copy.save(force_insert=True)
        page = Page.objects.create(batch=batch, number=number, outcome="ok", form=copy, form_page=1, picture=b"a")
        Mark.objects.create(page=page, place=0, item="future", was=3.0, status="review", reason="Faint.", strip=b"a")
    mark, page = Mark.objects.all()[7], Page.objects.all()[7]
    together.get("/help")
    costs = {}
    for path in ("", f"files/{batch.pk}/", f"pages/{page.pk}/", f"marks/{mark.pk}/", "look", "how-well"):
        with counted() as statements:
            assert together.get(f"/measures/paper/{path}").status_code in {200, 302}
        costs[path] = len(statements)
    with counted() as statements:
        assert "40 marks to look at" in together.get("/today").text
    costs["today"] = len(statements)
    assert {path: cost for path, cost in costs.items() if cost > 12} == {}
