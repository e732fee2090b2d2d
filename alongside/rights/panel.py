"""What somebody has agreed to, as it stands on their page."""

from django.http import HttpRequest
from django.template.loader import render_to_string

from alongside.core.sockets import ClientPanel, Person, Shown
from alongside.rights.presenters.consents import answers


def show(request: HttpRequest, person: Person) -> Shown:
    """One line for each thing that they may agree to: one query."""
    context = {"person": person, "answers": answers(person.pk)}
    return Shown(body=render_to_string("rights/panel.jinja", context, request=request))


PANEL = ClientPanel(order=90, title="What they have agreed to", permission="see clients", show=show)
