"""What somebody was sending when their session had ended: kept, unreadable, until the same person signs in again."""

import json

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest, QueryDict

from alongside.core.encryption import Unreadable, seal, unseal

PLACE = "session.kept"
MOST = 1_000_000
FORMS = 5
TOO_MUCH = (
    "We could not keep all that you had written, because it was too long. Go back and copy it before you sign in."
)

type Forms = dict[str, dict[str, list[str]]]


def end_session(request: HttpRequest) -> None:
    """Sign somebody out whose time is over. What was kept for them waits on, and what they send next is kept."""
    was, sealed = request.user.pk, request.session.get("kept")
    logout(request)
    request.session["was"] = was
    if sealed is not None:
        request.session["kept"] = sealed


def keep(request: HttpRequest) -> None:
    """Keep the form in this request, for the person whose session it was; say so if not all could be kept."""
    owner = request.session.get("was")
    if request.method != "POST" or owner is None:
        return
    with transaction.atomic():
        _read_again(request)
        _keep(request, owner)
        request.session.save()


def _read_again(request: HttpRequest) -> None:
    """Read what another tab may have left a moment ago, and hold it until this one is done."""
    row = Session.objects.select_for_update().filter(pk=request.session.session_key).first()
    if row and (left := row.get_decoded().get("kept")):
        request.session["kept"] = left


def _keep(request: HttpRequest, owner: str) -> None:
    newest = {name: values for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"}
    forms = {path: said for path, said in _forms(request, owner).items() if path != request.path}
    everything = len(forms) + 1
    if len(_written(owner, {request.path: newest})) <= MOST:
        forms[request.path] = newest
    while len(forms) > FORMS or len(_written(owner, forms)) > MOST:
        del forms[next(iter(forms))]
    _put(request, owner, forms)
    if len(forms) < everything:
        messages.error(request, TOO_MUCH)


def take(request: HttpRequest) -> QueryDict | None:
    """Give back what this person was sending to this page, once; None if there is nothing."""
    owner = str(request.user.pk)
    forms = _forms(request, owner)
    if request.path not in forms:
        return None
    said = QueryDict(mutable=True, encoding=settings.DEFAULT_CHARSET)
    for name, values in forms.pop(request.path).items():
        said.setlist(name, values)
    _put(request, owner, forms)
    return said


def _forms(request: HttpRequest, owner: str) -> Forms:
    """What is kept for this person, by the page it was sent to, the newest last."""
    sealed = request.session.get("kept")
    try:
        kept = json.loads(unseal(sealed, place=PLACE)) if sealed else {}
    except Unreadable:
        kept = {}
    forms: Forms = kept["forms"] if kept.get("owner") == owner else {}
    return forms


def _written(owner: str, forms: Forms) -> str:
    return json.dumps({"owner": owner, "forms": forms}, ensure_ascii=False)


def _put(request: HttpRequest, owner: str, forms: Forms) -> None:
    if forms:
        request.session["kept"] = seal(_written(owner, forms), place=PLACE)
    else:
        request.session.pop("kept", None)
