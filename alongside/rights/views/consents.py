"""What somebody agrees to: seen and kept by those who support them."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from alongside.access.doors import needs
from alongside.access.permissions import Permission
from alongside.access.queries import colleagues
from alongside.rights.actions import consents as saying
from alongside.rights.forms import CompetenceForm, ConsentForm
from alongside.rights.models import About
from alongside.rights.presenters.consents import answers, how
from alongside.rights.queries import consents as queries
from alongside.rights.views.opening import form_page, looked, me, seen, sent


@needs(Permission.SEE_CLIENTS)
@require_safe
def consents(request: HttpRequest, key: str) -> HttpResponse:
    """The five things, and everything that was ever said to them."""
    found = seen(request, key)
    looked(request, "client.viewed", f"client:{found.pk}", page="consents")
    page = {
        "person": found,
        "answers": answers(found.pk),
        "wordings": queries.wordings(),
        "history": [(one, how(one)) for one in queries.history(found.pk)],
        "competence": queries.competence(found.pk),
        "may_tell_parents": queries.may_tell_parents(found.pk),
    }
    return render(request, "rights/consents.jinja", page)


@needs(Permission.RECORD_SUPPORT)
def consent(request: HttpRequest, key: str, about: str) -> HttpResponse:
    """Keep what they said to one of them."""
    found = seen(request, key)
    if about not in About.values:
        raise Http404
    said, again = sent(request)
    wording = queries.wording(about, said.get("version", "") if said else "")
    form = ConsentForm(said, wording=wording, before=queries.current(found.pk).get(about))
    if request.method == "POST" and form.is_valid():
        answer = {name: form.cleaned_data[name] for name in ("key", "answer", "how", "said_on")}
        saying.say(person=found.pk, wording=wording, **answer, by=me(request))
        messages.success(request, "Kept.")
        return redirect("rights:consents", found.pk)
    looked(request, "client.viewed", f"client:{found.pk}", page="consent")
    back = reverse("rights:consents", args=[found.pk])
    heading = f"{About(about).label}: what {found.called} says"
    return form_page(request, form, heading=heading, back=back, again=again, wording=wording, person=found)


@needs(Permission.RECORD_SUPPORT)
def competence(request: HttpRequest, key: str) -> HttpResponse:
    """Note that somebody under 16 understands what they agree to."""
    found = seen(request, key)
    said, again = sent(request)
    form = CompetenceForm(said, leads=colleagues(me(request)))
    if request.method == "POST" and form.is_valid():
        saying.note_competence(person=found.pk, **form.cleaned_data, by=me(request))
        messages.success(request, "Kept.")
        return redirect("rights:consents", found.pk)
    looked(request, "client.viewed", f"client:{found.pk}", page="competence")
    return form_page(
        request, form, heading=f"What {found.called} understands", again=again,
        back=reverse("rights:consents", args=[found.pk]),
        person=found,
        lead="For somebody under 16. It is for you to think about with them, whatever their age.",
    )  # fmt: skip
