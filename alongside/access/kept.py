"""What somebody was sending when their session had ended: kept, unreadable, until the same person signs in again."""

import json

from django.conf import settings
from django.http import HttpRequest, QueryDict

from alongside.core.encryption import Unreadable, seal, unseal

PLACE = "session.kept"
MOST = 100_000


def keep(request: HttpRequest) -> None:
    """Keep the form in this request, for the person whose session it was."""
    owner = request.session.get("was")
    if request.method != "POST" or owner is None:
        return
    said = {name: values for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"}
    written = json.dumps({"owner": owner, "path": request.path, "said": said})
    if len(written) <= MOST:
        request.session["kept"] = seal(written, place=PLACE)


def take(request: HttpRequest) -> QueryDict | None:
    """Give back what this person was sending to this page, once; None if there is nothing."""
    sealed = request.session.get("kept")
    if sealed is None:
        return None
    try:
        kept = json.loads(unseal(sealed, place=PLACE))
    except Unreadable:
        kept = {}
    if kept.get("path") != request.path or kept.get("owner") != request.user.pk:
        return None
    del request.session["kept"]
    said = QueryDict(mutable=True, encoding=settings.DEFAULT_CHARSET)
    for name, values in kept["said"].items():
        said.setlist(name, values)
    return said
