"""Answers that leave in a file, and forms that come in: the same again, or one sentence and nothing saved."""

import base64
import io
import json
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client as Browser

from alongside.access.models import User
from alongside.audit.models import Entry
from alongside.care.models import Client, Episode
from alongside.core import clock
from alongside.instruments import loader
from alongside.instruments.exchange import read
from alongside.measures.models import Measure, Questionnaire, Response, Words
from alongside.todo.models import Task

KINDS = {"csv": "csv", "xlsx": "xlsx", "fhir": "json"}


@pytest.fixture
def out(together: Browser, client_of_alice: Client) -> Callable[[str, str], bytes]:
    """Return the file that Alice takes out of Rowan's answers."""

    def taken(measure: str, kind: str) -> bytes:
        page = f"/clients/{client_of_alice.pk}/measures/out"
        answer = together.post(page, {"measure": f"{measure}@1", "kind": kind})
        assert answer["Content-Disposition"].endswith(f'.{KINDS[kind]}"')
        return answer.content

    return taken


@pytest.fixture
def bring(signed_in: Callable[[User], Browser], lead: User) -> Callable[..., str]:
    """Return the page after the lead brings in a file."""

    def sent(measure: str, content: bytes | str) -> str:
        content = content.encode() if isinstance(content, str) else content
        said = (
            {"packed": base64.b64encode(content).decode()} if content.startswith(b"PK") else {"text": content.decode()}
        )
        return signed_in(lead).post(f"/measures/{measure}/bring-in", said, follow=True).text

    return sent


def rows(client: Client, *lines: str) -> str:
    whole = [f"{line}" for line in lines]
    return "response,person,date," + ",".join(f"q{n}" for n in range(1, 8)) + "\n" + "\n".join(whole) + "\n"


def row(client: Client, key: str, days_ago: int, *marks: str) -> str:
    on = clock.today() - timedelta(days=days_ago)
    return ",".join([key, client.code, str(on), *(marks or ["1"] * 7)])


@pytest.fixture
def gad7(db: None) -> Measure:
    return Measure.objects.create(instrument="gad7", version="1", on=True)


@pytest.fixture
def long_support(episode: Episode) -> Episode:
    episode.started_on = clock.today() - timedelta(days=100)
    episode.save()
    return episode


# --- out and in


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("measure", ["gad7", "bdi2", "goals"])
def test_out_and_in_again_is_the_same(
    measure: str, kind: str, out, bring, send_measure, long_support: Episode, client_of_alice: Client
) -> None:
    send_measure(long_support, measure, 40, mark=2.0, q16=None)
    send_measure(
        long_support, measure, 20, mark=1.0, **({"goal_1": "=Sleep,\n all night"} if measure == "goals" else {})
    )
    content = out(measure, kind)
    kept = [(one.sent_at.date(), one.answers) for one in Response.objects.order_by("sent_at")]
    said = sorted(one.words for one in Words.objects.all())
    Questionnaire.objects.all().delete()
    assert "2 forms of" in bring(measure, content)
    assert [(one.sent_at.date(), one.answers) for one in Response.objects.order_by("sent_at")] == kept
    assert sorted(one.words for one in Words.objects.all()) == said
    assert {one.given for one in Response.objects.all()} == {Response.Given.FROM_A_FILE}


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_holds_the_code_and_no_name(kind: str, out, send_measure, episode: Episode, client_of_alice) -> None:
    send_measure(episode, "gad7", 0)
    content = out("gad7", kind)
    [only] = read(loader.load("gad7"), content, kind)
    assert only.person == client_of_alice.code
    text = content.decode("latin-1")
    assert not [name for name in (client_of_alice.name, client_of_alice.known_as) if name and name in text]


def test_taking_out_is_noted_once_and_needs_who_it_is(
    out, send_measure, episode: Episode, together: Browser, client_of_alice: Client
) -> None:
    send_measure(episode, "gad7", 0)
    out("gad7", "csv")
    noted = Entry.objects.get(did="form.taken-out")
    assert noted.subject == f"client:{client_of_alice.pk}"
    session = together.session
    session["shown_at"] = 0
    session.save()
    answer = together.post(f"/clients/{client_of_alice.pk}/measures/out", {"measure": "gad7@1", "kind": "csv"})
    assert answer["Location"].startswith("/accounts/reauthenticate/")


def test_nobody_else_takes_them_out(signed_in, charlie: User, client_of_alice: Client, send_measure, episode) -> None:
    send_measure(episode, "gad7", 0)
    page = f"/clients/{client_of_alice.pk}/measures/out"
    assert signed_in(charlie).post(page, {"measure": "gad7@1", "kind": "csv"}).status_code == 404


def test_a_correction_travels_as_amended(out, send_measure, episode: Episode, together: Browser) -> None:
    response = send_measure(episode, "gad7", 0)
    said = {"became": "mark", "mark": "3", "why": "Read wrongly", "revision": response.revision}
    together.post(f"/responses/{response.pk}/1/correct", said)
    bundle = json.loads(out("gad7", "fhir"))
    kinds = {one["resource"]["resourceType"]: one["resource"] for one in bundle["entry"]}
    assert kinds["QuestionnaireResponse"]["status"] == "amended"
    assert kinds["Observation"]["valueQuantity"]["value"] == 9


# --- what cannot come in


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda text: text.replace(",1\n", ",7\n", 1), "question 7 goes from 0 to 3, but the answer is “7”"),
        (lambda text: text.replace(",1\n", ",lots\n", 1), "question 7 takes a number, but the answer is “lots”"),
        (lambda text: text.replace("q7", "q8", 1), "q8"),
        (lambda text: text.replace("R2", "R1", 1), "R1"),
        (lambda text: text.replace("WS-", "ZZ-", 1), "among the people you may see; correct the code."),
        (lambda text: "", "Choose a file, or paste what it holds"),
        (lambda text: text.partition("\n")[0] + "\n", "no"),
        (lambda text: '{"resourceType": "Patient"}', ""),
        (lambda text: text.replace("date", "when", 1), "date"),
    ],
)
def test_one_fault_and_nothing_is_saved(
    change: Callable[[str], str], told: str, bring, gad7, long_support: Episode, client_of_alice: Client
) -> None:
    text = rows(client_of_alice, row(client_of_alice, "R1", 30), row(client_of_alice, "R2", 20))
    page = bring("gad7", change(text))
    assert "Nothing is saved." in page
    assert told in page
    assert not Questionnaire.objects.exists()


@pytest.mark.parametrize(
    ("days_ago", "told"), [(-3, "is still to come; correct the date."), (200, "had no support on")]
)
def test_a_day_that_does_not_fit_is_named(
    days_ago: int, told: str, bring, gad7, long_support: Episode, client_of_alice: Client
) -> None:
    page = bring("gad7", rows(client_of_alice, row(client_of_alice, "R1", 30), row(client_of_alice, "R2", days_ago)))
    assert "Response R2" in page
    assert told in page
    assert not Questionnaire.objects.exists()


def test_the_same_file_twice_comes_in_once(bring, gad7, long_support: Episode, client_of_alice: Client) -> None:
    text = rows(client_of_alice, row(client_of_alice, "R1", 30))
    assert "1 form of GAD-7 brought in." in bring("gad7", text)
    assert "here already; take one of them out." in bring("gad7", text)
    assert Questionnaire.objects.count() == 1


def test_somebody_elses_client_is_nobody(
    signed_in, charlie: User, gad7, long_support: Episode, client_of_alice: Client
) -> None:
    charlie.role = "lead"
    charlie.save()
    text = rows(client_of_alice, row(client_of_alice, "R1", 30))
    page = signed_in(charlie).post("/measures/gad7/bring-in", {"text": text}).text
    assert "among the people you may see" in page
    assert not Questionnaire.objects.exists()


@pytest.mark.parametrize("packed", ["PK", "not base64", base64.b64encode(b"PK\x03\x04rubbish").decode()])
def test_what_is_no_workbook_is_said(packed: str, signed_in, lead: User, gad7) -> None:
    page = signed_in(lead).post("/measures/gad7/bring-in", {"packed": packed}).text
    assert "Nothing is saved." in page


def test_a_form_of_these_days_asks_for_a_check_in_and_an_old_one_does_not(
    bring, long_support: Episode, client_of_alice: Client
) -> None:
    Measure.objects.create(instrument="phq9", version="1", on=True)
    head = "response,person,date," + ",".join(f"q{n}" for n in range(1, 11)) + "\n"
    marks = ",".join(["0"] * 8 + ["2", "0"])
    for key, days_ago, asked in (("R1", 40, 0), ("R2", 3, 1)):
        on: date = clock.today() - timedelta(days=days_ago)
        bring("phq9", f"{head}{key},{client_of_alice.code},{on},{marks}\n")
        assert Task.objects.count() == asked


def test_each_form_is_noted(bring, gad7, long_support: Episode, client_of_alice: Client) -> None:
    bring("gad7", rows(client_of_alice, row(client_of_alice, "R1", 30), row(client_of_alice, "R2", 20)))
    assert Entry.objects.filter(did="form.brought-in", subject=f"client:{client_of_alice.pk}").count() == 2


def test_a_workbook_is_read(bring, gad7, long_support: Episode, client_of_alice: Client) -> None:
    import xlsxwriter

    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["response", "person", "date", *(f"q{n}" for n in range(1, 8))])
        on = str(clock.today() - timedelta(days=9))
        sheet.write_row(1, 0, ["R1", client_of_alice.code, on, 0, 1, 2, 3, 0, 1, 2])
    assert "1 form of GAD-7 brought in." in bring("gad7", made.getvalue())
