"""The pages of grants and their reports."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify

from alongside.access import kept
from alongside.access.doors import freshly_signed_in, may, needs
from alongside.access.limits import at_most
from alongside.access.middleware import NOT_SAVED
from alongside.access.models import User
from alongside.access.permissions import Permission
from alongside.audit import actions as audit
from alongside.core import clock
from alongside.core.models import new_key
from alongside.evaluation.problems import MachineLacks
from alongside.measures.forms.travelling import TakeOutForm
from alongside.measures.views.travelling import packed
from alongside.reporting import queries
from alongside.reporting.actions import grants as adding
from alongside.reporting.actions import reports as making
from alongside.reporting.doors import reads
from alongside.reporting.forms import GrantForm, MakeForm, ReadersForm
from alongside.reporting.models import Report
from alongside.reporting.periods import Period, offered
from alongside.reporting.presenters.grants import shown
from alongside.reporting.presenters.withheld import why

SIGNED_OUT = "You had been signed out, so no report was made. Press the button again."
ANOTHER_YEAR = "Choose one of the years of this grant."
NAME_TAKEN = "Another organisation in the address book has this name. Enter one that tells them apart"
SHARED = (
    "This funder has another grant over some of the same time and services. A record says who pays, not with which "
    "grant. So both reports count the same people: do not add them up."
)
LONGEST_SLUG = 60
TOO_MANY = "There are more records than this computer can compare at once. Choose a shorter time."


@reads
def grants(request: HttpRequest) -> HttpResponse:
    """The grants that somebody sees, each with its reports."""
    makes = may(request, Permission.MAKE_REPORTS)
    found = queries.listed(_me(request))
    audit.record(by=_me(request).pk, did="grants.listed", subject=f"user:{_me(request).pk}")
    listed = shown(found, queries.made_for(found, _me(request)), makes=makes, today=clock.today())
    return render(request, "reporting/grants.jinja", {"grants": listed, "makes": makes, "new_key": new_key})


@needs(Permission.MAKE_REPORTS)
def add_grant(request: HttpRequest) -> HttpResponse:
    """Add a grant."""
    again = kept.take(request) if request.method != "POST" else None
    form = GrantForm(
        request.POST if request.method == "POST" else again,
        funders=queries.funders(),
        services=queries.services(),
        readers=queries.readers(),
        read_for=queries.read_for(),
    )
    if request.method == "POST" and form.is_valid():
        try:
            added = adding.add(**form.said, by=_me(request))
        except ValidationError:
            form.add_error("new_funder", NAME_TAKEN)
        else:
            messages.success(request, "The grant is added.")
            if queries.shares(added, since=added.starts_on, until=added.ends_on):
                messages.warning(request, SHARED)
            return redirect("reporting:grants")
    return render(request, "reporting/add_grant.jinja", {"form": form, "kept": again is not None})


@needs(Permission.MAKE_REPORTS)
def readers(request: HttpRequest, key: str) -> HttpResponse:
    """Who reads the reports of a grant: let somebody in, or take them out."""
    grant = get_object_or_404(queries.visible_to(_me(request)), pk=key)
    now = queries.readers_of(grant)
    if "out" in request.POST:
        for one in now:
            if one.pk == request.POST["out"]:
                adding.let_out(grant=grant, user=one, by=_me(request))
        messages.success(request, "Saved. They no longer see its reports.")
        return redirect("reporting:readers", grant.pk)
    again = kept.take(request) if request.method != "POST" else None
    if again and "out" in again:
        messages.info(request, NOT_SAVED)
        again = None
    form = ReadersForm(
        request.POST if request.method == "POST" else again,
        readers=[one for one in queries.readers() if one not in now],
        read_for=queries.read_for(),
        funder=grant.funder,
    )
    if request.method == "POST" and form.is_valid():
        for one in form.chosen:
            adding.let_read(grant=grant, user=one, by=_me(request))
        messages.success(request, "Saved. They see its reports from now on.")
        return redirect("reporting:readers", grant.pk)
    audit.record(by=_me(request).pk, did="grant.viewed", subject=f"grant:{grant.pk}", details={"page": "readers"})
    context = {"grant": grant, "now": now, "form": form, "kept": again is not None}
    return render(request, "reporting/readers.jinja", context)


@at_most(20)
@needs(Permission.MAKE_REPORTS)
def make(request: HttpRequest, key: str) -> HttpResponse:
    """Make a report: one press."""
    grant = get_object_or_404(queries.visible_to(_me(request)), pk=key)
    if request.method != "POST":
        if kept.take(request) is None:
            return HttpResponseNotAllowed(["POST"])
        messages.info(request, SIGNED_OUT)
        return redirect("reporting:grants")
    form = MakeForm(request.POST, periods=offered(grant.starts_on, grant.ends_on, today=clock.today()))
    if not form.is_valid():
        messages.error(request, ANOTHER_YEAR)
        return redirect("reporting:grants")
    try:
        made = making.make(grant=grant, **form.said, by=_me(request))
    except MachineLacks:
        messages.error(request, TOO_MANY)
        return redirect("reporting:grants")
    return redirect("reporting:report", made.pk)


@reads
def report(request: HttpRequest, key: str) -> HttpResponse:
    """A report, as it was made."""
    found = _opened(request, key, "page", did="report.viewed")
    nearest = queries.nearest(found)
    about = {
        "report": found,
        "when": Period(found.starts_on, found.ends_on).words_to(found.counts_to),
        "withheld": why(found, nearest) if nearest else "",
        "versions": queries.versions(found, _me(request)),
        "makes": may(request, Permission.MAKE_REPORTS),
    }
    return render(request, "reporting/report.jinja", about)


@at_most(60)
@reads
def pdf(request: HttpRequest, key: str) -> HttpResponse:
    """A report on paper."""
    found = _opened(request, key, "pdf", did="report.downloaded")
    return _download(found, bytes(found.pdf), "application/pdf", "report.pdf")


@at_most(60)
@reads
def tables(request: HttpRequest, key: str) -> HttpResponse:
    """The tables of a report."""
    found = _opened(request, key, "tables", did="report.downloaded")
    return _download(found, bytes(found.tables), "application/zip", "tables.zip")


@at_most(20)
@needs(Permission.TAKE_ANSWERS_UNDER_CODES)
@freshly_signed_in
def answers(request: HttpRequest) -> HttpResponse:
    """Every answer under a code, for whoever checks what changed."""
    from alongside.reporting import codes  # with it comes the columnar engine

    if request.method != "POST":
        kept.take(request)
        return _answers(request, TakeOutForm(measures=codes.measures()))
    archive = codes.bundle()
    if archive is None:
        messages.info(request, "Nobody has sent a form yet, so there is nothing to take.")
        return redirect("reporting:answers")
    audit.record(by=_me(request).pk, did="answers.taken", subject=f"user:{_me(request).pk}")
    return _file(archive, "application/zip", f"answers-under-codes-{clock.today()}.zip")


@at_most(20)
@needs(Permission.TAKE_ANSWERS_UNDER_CODES)
@freshly_signed_in
def measured(request: HttpRequest) -> HttpResponse:
    """Every form of one other measure under codes."""
    from alongside.reporting import codes  # with it comes the columnar engine

    said = request.POST if request.method == "POST" else kept.take(request)
    form = TakeOutForm(said, measures=codes.measures())
    if request.method != "POST" or not form.is_valid():
        return _answers(request, form)
    measure, version, kind = form.chosen
    content = codes.of_measure(measure, version, kind)
    audit.record(
        by=_me(request).pk, did="answers.taken", subject=f"user:{_me(request).pk}", details={"measure": measure}
    )
    return packed(content, kind, f"{measure}-under-codes-{clock.today()}")


def _answers(request: HttpRequest, form: TakeOutForm) -> HttpResponse:
    return render(request, "reporting/answers.jinja", {"form": form})


def _opened(request: HttpRequest, key: str, part: str, *, did: str) -> Report:
    """The report, if this person may see its grant, with one of its heavy parts; a look is written in the audit."""
    others = [name for name in queries.HEAVY if name != part]
    found = get_object_or_404(queries.reports_visible_to(_me(request)).defer(*others), pk=key)
    audit.record(by=_me(request).pk, did=did, subject=f"report:{found.pk}", details={"part": part})
    return found


def _download(report: Report, content: bytes, kind: str, name: str) -> HttpResponse:
    whose = [slugify(words)[:LONGEST_SLUG].strip("-") for words in (report.grant.funder.name, report.grant.title)]
    when = f"{report.starts_on}-to-{report.ends_on}-version-{report.version}"
    return _file(content, kind, "-".join(filter(None, [*whose, when, name])))


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _me(request: HttpRequest) -> User:
    return cast(User, request.user)
