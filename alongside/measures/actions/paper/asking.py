"""A page of a client that nobody could read: their worker is asked to look, until it is settled one way or another."""

from django.urls import reverse

from alongside.access.models import User
from alongside.audit import actions as audit
from alongside.core import clock
from alongside.measures.models import Page
from alongside.measures.queries import paper as queries
from alongside.measures.queries import paper_waiting as waiting
from alongside.measures.queries.forms import cover_for, turned_to
from alongside.todo import actions as todo
from alongside.todo.models import Task


@audit.recorded
def to_look(*, page: Page, by: User) -> None:
    """Ask the client's worker to look within the day at a page that could not be read; or, once it was, no longer."""
    form = page.form
    if form is None or form.client_id is None:
        return
    if any(one.pk == page.pk for one in waiting.unread_of(form.client_id)):
        _ask(page, by=by)
    else:
        no_longer(client=form.client_id, by=by)


@audit.recorded
def no_longer(*, client: str, by: User) -> None:
    """Close what asks for a look at pages of this client that are settled; it leads to the next that is not."""
    unread = {reverse("measures:paper-page", args=[one.pk]): one for one in waiting.unread_of(client)}
    for task in Task.objects.open().filter(kind=Task.Kind.PAPER, subject_key=client):
        if task.link in unread:
            continue
        todo.finish(task=task, by=by)
        for other in unread.values():
            _ask(other, by=by)


def _ask(page: Page, *, by: User) -> None:
    form = page.form
    if form is None or form.client is None:
        raise ValueError("Only a page of a client has somebody who looks at it.")
    asked = queries.questionnaire_of(form)
    worker = turned_to(asked)
    todo.ask(
        kind=Task.Kind.PAPER,
        title=f"Please look at a page of {form.client.first_name}’s that could not be read",
        subject_key=form.client.pk,
        link=reverse("measures:paper-page", args=[page.pk]),
        worker=worker,
        cover=cover_for(asked, besides=worker),
        due_at=clock.next_working_afternoon(clock.now()),
        by=by.pk,
    )
