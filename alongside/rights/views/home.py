"""What is asked of us about data, by when, and the register."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from alongside.access.doors import needs
from alongside.access.permissions import Permission
from alongside.core import clock
from alongside.rights.actions import consents as wording_anew
from alongside.rights.actions import logs as actions
from alongside.rights.forms import PurposeForm, TimeForm, WordingForm
from alongside.rights.models import About
from alongside.rights.presenters import clocks
from alongside.rights.queries import closed as closing
from alongside.rights.queries import consents, keeping, logs, requests
from alongside.rights.views.opening import form_page, looked, me, sent

PAGE = 50
TAKEN_MEANWHILE = "Another class was given this name a moment ago. Enter another one"


@needs(Permission.MANAGE_RIGHTS)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Everything with a clock, on one page."""
    today, now, user = clock.today(), clock.now(), me(request)
    looked(request, "rights.listed", f"user:{user.pk}")
    asked = requests.open_ones(user)
    codes = requests.codes_of(one.person_key for one in asked)
    page = {
        "requests": [
            (one, clocks.time_left(requests.clock_of(one, today=today)), codes[one.person_key]) for one in asked
        ],
        "elsewhere": requests.elsewhere(user, today=today),
        "complaints": [(one, clocks.complaint_clock(one, today=today)) for one in logs.open_complaints()],
        "breaches": [(one, clocks.breach_clock(one, now=now)) for one in logs.open_breaches()],
        "unconfirmed": sum(one.confirmed_on is None for one in logs.purposes()),
    }  # fmt: skip
    return render(request, "rights/home.jinja", page)


@needs(Permission.MANAGE_RIGHTS)
@require_safe
def closed(request: HttpRequest) -> HttpResponse:
    """What was asked and is over, the latest first."""
    looked(request, "rights.listed", f"user:{me(request).pk}", page="closed")
    page = Paginator(closing.closed(me(request)), PAGE).get_page(request.GET.get("page"))
    codes = requests.codes_of(one.person for one in page)
    return render(request, "rights/closed.jinja", {"page": page, "codes": codes})


@needs(Permission.MANAGE_RIGHTS)
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Why we hold what we hold, how long, and how we ask."""
    wordings = consents.wordings()
    page = {
        "purposes": logs.purposes(),
        "times": keeping.times(),
        "wordings": [(About(about).label, one) for about, one in wordings.items()],
    }
    return render(request, "rights/register.jinja", page)


@needs(Permission.MANAGE_RIGHTS)
def purpose(request: HttpRequest, key: str) -> HttpResponse:
    """Change a purpose, and confirm it."""
    found = get_object_or_404(logs.purposes(), pk=key)
    said, again = sent(request)
    form = PurposeForm(said, instance=found)
    if request.method == "POST" and form.is_valid():
        actions.confirm(purpose=logs.purposes().get(pk=key), **form.cleaned_data, by=me(request))
        messages.success(request, "Saved and confirmed.")
        return redirect("rights:register")
    looked(request, "purpose.viewed", f"purpose:{found.pk}")
    back = reverse("rights:register")
    return form_page(request, form, heading="Why we hold it", back=back, press="Save and confirm", again=again)


@needs(Permission.MANAGE_RIGHTS)
def time(request: HttpRequest, key: str) -> HttpResponse:
    """Change how long a class of records is kept."""
    found = get_object_or_404(keeping.times(), pk=key)
    said, again = sent(request)
    form = TimeForm(said, instance=found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_time(time=keeping.times().get(pk=key), **form.cleaned_data, by=me(request))
        except ValidationError:
            form.add_error("name", TAKEN_MEANWHILE)
        else:
            messages.success(request, "Saved.")
            return redirect("rights:register")
    looked(request, "keeping-time.viewed", f"keeping-time:{found.pk}")
    return form_page(request, form, heading="How long we keep it", back=reverse("rights:register"), again=again)


@needs(Permission.MANAGE_RIGHTS)
def wording(request: HttpRequest, about: str) -> HttpResponse:
    """Ask one thing in other words from now on."""
    if about not in About.values:
        raise Http404
    now = consents.wording(about)
    said, again = sent(request)
    form = WordingForm(said, initial={"asks": now.asks, "taking_back": now.taking_back})
    if request.method == "POST" and form.is_valid():
        wording_anew.word_anew(about=about, **form.cleaned_data, by=me(request))
        messages.success(request, "Saved as a new version. What people agreed to before keeps its words.")
        return redirect("rights:register")
    looked(request, "wording.viewed", f"wording:{now.pk}")
    heading = f"{About(about).label}: how we ask"
    return form_page(request, form, heading=heading, back=reverse("rights:register"), again=again)
