"""Whatever is brought in through the site has a named outcome and one plain sentence; nothing of it is lost."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest
from django.test import Client as Browser
from PIL import Image, ImageDraw

from alongside.access.models import User
from alongside.care.models import Client, Episode
from alongside.instruments import loader
from alongside.measures.actions.paper import arriving
from alongside.measures.models import Batch, Mark, Page, PaperForm, Part, Response
from alongside.measures.paper import reader
from alongside.measures.tests.paper import PX, jpeg, marked, pdf_of, printed, scanned
from alongside.paper.form import printing as pure
from alongside.paper.invented import scanners, wear

pytest.importorskip("cv2")
pytest.importorskip("zxingcpp")
A4 = (1240, 1754)
FUTURE = 7.3


@dataclass(frozen=True, kw_only=True)
class Filled:
    """A form for Rowan, filled in."""

    form: PaperForm
    page: Image.Image
    episode: Episode
    by: User


@dataclass(frozen=True, kw_only=True)
class Case:
    """What is brought in, and what must be said of its pages, or of the file where it does not open."""

    made: Callable[[Filled], bytes]
    outcomes: tuple[set[str], ...] = field(default=())
    words: str = ""
    stops: bool = False


def letter(_filled: Filled) -> bytes:
    page = Image.new("L", A4, 255)
    drawn = ImageDraw.Draw(page)
    for row in range(200, 1500, 60):
        drawn.text((150, row), "Thank you for the invitation to the summer fair.", fill=0, font_size=32)
    return jpeg(page)


def half(filled: Filled) -> bytes:
    return jpeg(filled.page.crop((0, 0, filled.page.width, filled.page.height // 2)))


def smaller(filled: Filled) -> bytes:
    """Printed at 93%, then scanned."""
    page = filled.page.convert("RGB")
    small = page.resize((round(page.width * 0.93), round(page.height * 0.93)), Image.Resampling.LANCZOS)
    paper = Image.new("RGB", page.size, "white")
    paper.paste(small, ((page.width - small.width) // 2, (page.height - small.height) // 2))
    found = scanners.ordinary(np.random.default_rng(5), np.asarray(paper).copy(), PX)
    return jpeg(Image.fromarray(found.picture).convert("L"))


def on_a_screen(filled: Filled) -> bytes:
    page = np.asarray(filled.page.convert("RGB")).copy()
    wear.on_a_screen(np.random.default_rng(3), page, PX)
    return jpeg(Image.fromarray(page).convert("L").rotate(2, fillcolor=60))


def stapled(filled: Filled) -> bytes:
    """The forms of two people in one file; the second is marked elsewhere."""
    other = _for_somebody_else(filled)
    return pdf_of(filled.page, marked(scanned(other), _form_of("Marlow"), future=1.0))


def side_by_side(filled: Filled) -> bytes:
    """Two pages under one lid."""
    both = Image.new("L", (2 * filled.page.width, filled.page.height), 255)
    both.paste(filled.page, (0, 0))
    both.paste(filled.page, (filled.page.width, 0))
    return jpeg(both)


def damaged(filled: Filled) -> bytes:
    whole = pdf_of(filled.page)
    return whole[: len(whole) // 3]


def bomb(_filled: Filled) -> bytes:
    out = io.BytesIO()
    Image.new("1", (40_000, 40_000)).save(out, "PNG")
    return out.getvalue()


def bomb_beside_a_form(filled: Filled) -> bytes:
    """A good page, and after it one that would fill the memory."""
    out = io.BytesIO()
    huge = Image.new("1", (12_000, 12_000), 1)
    filled.page.convert("1").save(out, "TIFF", compression="group4", save_all=True, append_images=[huge])
    return out.getvalue()


def other_version(_filled: Filled) -> bytes:
    """An edition of the form that was never printed here."""
    made = pure.printed(loader.load("service-evaluation"), seed=1, large=True)
    return jpeg(scanned(made.pdf))


def _for_somebody_else(filled: Filled) -> bytes:
    other = Client.objects.create(code="WS-9", name="Marlow Reed", known_as="Marlow")
    filled.episode.referral.pk = None
    referral = filled.episode.referral
    referral.key, referral.client = f"{9:032x}", other
    referral.save(force_insert=True)
    second = Episode.objects.create(
        client=other, referral=referral, service=filled.episode.service, funder=filled.episode.funder,
        practitioner=filled.by, started_on=filled.episode.started_on,
    )  # fmt: skip
    return printed(second, filled.by)


def _form_of(name: str) -> PaperForm:
    return next(one for one in PaperForm.objects.all() if one.client and one.client.known_as == name)


OK, NO_CODE, UNREADABLE = {"ok"}, {"no_code"}, {"unreadable"}
CASES = {
    "a letter": Case(made=letter, outcomes=(NO_CODE,), words="No form was found on this page."),
    "a blank page": Case(made=lambda _: jpeg(Image.new("L", A4, 252)), outcomes=(NO_CODE,), words="No form was found"),
    "half a page": Case(made=half, outcomes=(UNREADABLE,), words="take the whole page."),
    "two people stapled": Case(made=stapled, outcomes=(OK, OK)),
    "two side by side": Case(made=side_by_side, outcomes=({"conflict"},), words="Two pages lie in this picture"),
    "printed at 93%": Case(made=smaller, outcomes=(OK,)),
    "a photo of a screen": Case(made=on_a_screen, outcomes=({"ok", "unreadable", "no_code"},)),
    "a damaged PDF": Case(made=damaged, stops=True, words="This PDF is damaged and cannot be opened"),
    "a picture bomb": Case(made=bomb, stops=True, words="larger than 100 million pixels"),
    "a bomb after a form": Case(made=bomb_beside_a_form, outcomes=(OK, UNREADABLE), words="100 million pixels"),
    "the same page twice": Case(
        made=lambda filled: pdf_of(filled.page, filled.page.rotate(180)), outcomes=(OK, {"duplicate"}),
        words="This page was read before",
    ),
    "another version": Case(made=other_version, outcomes=({"wrong_version"},), words="another version"),
    "no picture at all": Case(made=lambda _: b"hello", stops=True, words="no picture or PDF that can be read"),
    "HEIC": Case(made=lambda _: b"\0\0\0\x18ftypheic", stops=True, words="save it as JPEG"),
}  # fmt: skip


@pytest.fixture
def filled(episode: Episode, alice: User) -> Filled:
    """A form of Rowan’s with a cross on every line."""
    pdf = printed(episode, alice)
    form = PaperForm.objects.get()
    return Filled(form=form, page=marked(scanned(pdf), form, future=FUTURE), episode=episode, by=alice)


@pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))
def test_it_has_a_named_outcome_and_one_sentence(case: Case, filled: Filled, together: Browser, alice: User) -> None:
    content = case.made(filled)
    (batch,) = arriving.bring_in(files=[io.BytesIO(content)], by=alice)
    reader.read_waiting()
    batch.refresh_from_db()
    pages = list(batch.pages.order_by("number"))
    said = " ".join(together.get(f"/measures/paper/files/{batch.pk}/").text.split())
    assert case.words in said
    assert not Part.objects.exists()
    _every_page_is_named(batch, pages, case.outcomes)
    assert (batch.standing == Batch.Standing.STOPPED) == case.stops
    assert all(page.picture for page in pages if page.why != batch.why and "100 million" not in page.why)
    _nothing_is_wrong(filled)


def _every_page_is_named(batch: Batch, pages: Sequence[Page], outcomes: Sequence[set[str]]) -> None:
    assert [page.number for page in pages] == list(range(1, len(outcomes) + 1))
    for page, wanted in zip(pages, outcomes, strict=True):
        assert page.outcome in wanted, (page.outcome, page.why)
        assert (page.outcome == "ok") or _one_sentence(page.why)
    assert pages or _one_sentence(batch.why)


def _one_sentence(why: str) -> bool:
    return why.endswith(".") and why.count(". ") <= 1 and len(why) < 130


def _nothing_is_wrong(filled: Filled) -> None:
    """Whatever was taken without a person is where the cross is, and on the form of the right person."""
    for mark in Mark.objects.filter(settled="read").select_related("page__form__client"):
        assert mark.page.form is not None
        whose = mark.page.form.client
        there = (FUTURE if whose == filled.form.client else 1.0) if mark.item == "future" else 5.0
        assert mark.value == pytest.approx(there, abs=0.11)
    for response in Response.objects.select_related("questionnaire"):
        assert PaperForm.objects.get(questionnaire=response.questionnaire).client == response.questionnaire.client


def test_the_same_file_chosen_twice_is_told_of_and_read_once(filled: Filled, together: Browser) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    content = jpeg(filled.page)
    sent = {"scans": [SimpleUploadedFile(name, content) for name in ("one.jpg", "two.jpg")]}
    said = together.post("/measures/paper/", sent, follow=True).text
    assert "The same file was chosen more than once" in said
    assert Batch.objects.count() == 1


def test_pages_on_which_no_form_was_found_are_thrown_away_together(
    filled: Filled, together: Browser, alice: User
) -> None:
    empty = Image.new("L", A4, 252)
    (batch,) = arriving.bring_in(files=[io.BytesIO(pdf_of(filled.page, empty, empty))], by=alice)
    reader.read_waiting()
    where = f"/measures/paper/files/{batch.pk}/"
    assert "Throw away the 2 pages on which no form was found" in together.get(where).text
    together.post(where)
    assert [page.aside_at is None for page in batch.pages.order_by("number")] == [True, False, False]
    assert "waits for you" not in together.get("/measures/paper/").text
