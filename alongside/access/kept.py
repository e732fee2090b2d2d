"""What somebody was sending when their session had ended: kept, unreadable, until the same person signs in again.
The same where they are asked to show once more who they are.

Each form stands in a row of its own, and ending a session keeps its key, so tabs that end at once lose nothing.
A session that begins while something waits for its person says so, and only then do pages look for it.
"""

import json
from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.http import HttpRequest, QueryDict

from alongside.access.browsers import BOUND
from alongside.access.models import KeptForm, User
from alongside.core import clock

LONGEST = timedelta(days=7)
MOST = 1_000_000
FORMS = 5
TOO_MUCH = (
    "We could not keep all that you had written, because it was too long. Go back and copy it before you sign in."
)


def end_session(request: HttpRequest) -> None:
    """Sign somebody out whose time is over. What they send next is kept for them."""
    was, bound = request.user.pk, request.session.get(BOUND)
    request.session.clear()
    request.session["was"] = was
    request.session[BOUND] = bound
    request.user = AnonymousUser()


def note_what_waits(request: HttpRequest, user: User) -> None:
    """Say in a session that begins now whether something is kept for its person."""
    request.session["kept"] = KeptForm.objects.filter(user=user).exists()


def keep(request: HttpRequest) -> None:
    """Keep the form in this request, for the person whose session it is or was; say so if not all could be kept."""
    owner = request.user.pk or request.session.get("was")
    if request.method != "POST" or owner is None:
        return
    request.session["kept"] = True
    said = json.dumps({name: values for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"})
    if len(said) > MOST or _write(owner, request.path, said):
        messages.error(request, TOO_MUCH)


@transaction.atomic
def _write(owner: str, path: str, said: str) -> bool:
    """Write a form; whether an older one had to make way."""
    KeptForm.objects.filter(made_at__lt=clock.now() - LONGEST).delete()
    KeptForm.objects.update_or_create(user_id=owner, path=path, defaults={"said": said, "made_at": clock.now()})
    newest = KeptForm.objects.filter(user_id=owner).order_by("-made_at").values_list("pk", flat=True)[:FORMS]
    dropped, _ = KeptForm.objects.filter(user_id=owner).exclude(pk__in=list(newest)).delete()
    return dropped > 0


def take(request: HttpRequest) -> QueryDict | None:
    """Give back what this person was sending to this page, once; None if there is nothing."""
    mine = KeptForm.objects.filter(user=request.user.pk, path=request.path)
    form = mine.first() if request.session.get("kept") else None
    if form is None:
        return None
    sent = json.loads(form.said)
    if not form.delete()[0]:
        return None
    said = QueryDict(mutable=True, encoding=settings.DEFAULT_CHARSET)
    for name, values in sent.items():
        said.setlist(name, values)
    return said
