"""Planning a workshop: who leads it, its assessment, its groups and sessions, and the parts of each."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from alongside.access import kept
from alongside.access.doors import needs
from alongside.access.permissions import Permission
from alongside.voice.actions import script
from alongside.voice.actions import workshops as actions
from alongside.voice.doors import me
from alongside.voice.forms.planning import AssessmentForm, GroupForm, PhaseForm, SessionForm, WorkshopForm
from alongside.voice.models import Workshop
from alongside.voice.presenters.running import running
from alongside.voice.queries import workshops
from alongside.voice.refusals import Refused
from alongside.voice.templates import TEMPLATES
from alongside.voice.views.workshops import looked, mine

MOVES = {"up": True, "down": False}


@needs(Permission.LEAD_WORKSHOPS)
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything that is planned, and what is missing before it opens."""
    workshop = mine(request, slug)
    looked(request, workshop, "plan")
    page = {"workshop": workshop, "groups": running(workshop), "missing": actions.missing(workshop)}
    return render(request, "voice/workshops/plan.jinja", page)


@needs(Permission.LEAD_WORKSHOPS)
def change(request: HttpRequest, slug: str) -> HttpResponse:
    """What it is called, what it is for, and who leads it."""
    workshop = mine(request, slug)
    people = {"may_lead": list(workshops.may_lead()), "may_answer": list(workshops.may_answer_for_safeguarding())}

    def made(said: QueryDict | None) -> WorkshopForm:
        return WorkshopForm(said, workshop=workshop, me=me(request), **people)

    def done(form: WorkshopForm) -> None:
        actions.change(workshop=workshop, by=me(request), **form.said)

    return _form(request, workshop, "What it is and who leads it", made, done)


@needs(Permission.LEAD_WORKSHOPS)
def assess(request: HttpRequest, slug: str) -> HttpResponse:
    """The signed assessment that it needs before it opens."""
    workshop = mine(request, slug)

    def made(said: QueryDict | None) -> AssessmentForm:
        return AssessmentForm(said, known=workshop.assessment)

    def done(form: AssessmentForm) -> None:
        actions.sign(workshop=workshop, by=me(request), **form.cleaned_data)

    return _form(request, workshop, "The signed assessment", made, done)


@needs(Permission.LEAD_WORKSHOPS)
def add_group(request: HttpRequest, slug: str) -> HttpResponse:
    """One more group, with a script of its own."""
    workshop = mine(request, slug)

    def done(form: GroupForm) -> None:
        sessions = TEMPLATES[form.cleaned_data["script"]].sessions
        script.add_group(workshop=workshop, name=form.cleaned_data["name"], sessions=sessions, by=me(request))

    return _form(request, workshop, "Add a group", GroupForm, done)


@needs(Permission.LEAD_WORKSHOPS)
@require_POST
def add_session(request: HttpRequest, key: str) -> HttpResponse:
    """One more sitting of a group."""
    group = get_object_or_404(workshops.groups(me(request)), pk=key)
    script.add_session(group=group, by=me(request))
    return redirect("voice:plan", group.workshop.slug)


@needs(Permission.LEAD_WORKSHOPS)
def session(request: HttpRequest, key: str) -> HttpResponse:
    """What a session is called and when it begins; or take it out."""
    shown = get_object_or_404(workshops.sessions(me(request)), pk=key)
    workshop = shown.group.workshop
    if request.method == "POST" and "remove" in request.POST:
        return _tried(request, workshop, lambda: script.remove_session(session=shown, by=me(request)))

    def made(said: QueryDict | None) -> SessionForm:
        return SessionForm(said, session=shown)

    def done(form: SessionForm) -> None:
        script.change_session(session=shown, title=form.cleaned_data["title"], starts_at=form.starts_at, by=me(request))

    return _form(request, workshop, f"Session {shown.number}, {shown.group.name}", made, done, take_out="this session")


@needs(Permission.LEAD_WORKSHOPS)
def add_phase(request: HttpRequest, key: str) -> HttpResponse:
    """One more part of a session."""
    where = get_object_or_404(workshops.sessions(me(request)), pk=key)

    def done(form: PhaseForm) -> None:
        script.add(session=where, by=me(request), **form.cleaned_data)

    return _form(request, where.group.workshop, "Add a part", PhaseForm, done)


@needs(Permission.LEAD_WORKSHOPS)
def phase(request: HttpRequest, key: str) -> HttpResponse:
    """Plan a part differently, or take it out."""
    shown = get_object_or_404(workshops.phases(me(request)), pk=key)
    workshop = shown.session.group.workshop
    if request.method == "POST" and "remove" in request.POST:
        return _tried(request, workshop, lambda: script.remove(phase=shown, by=me(request)))

    def made(said: QueryDict | None) -> PhaseForm:
        return PhaseForm(said, phase=shown)

    def done(form: PhaseForm) -> None:
        script.change(phase=shown, by=me(request), **form.cleaned_data)

    return _form(request, workshop, "Change a part", made, done, take_out="this part")


@needs(Permission.LEAD_WORKSHOPS)
@require_POST
def move(request: HttpRequest, key: str, how: str) -> HttpResponse:
    """Move a part up or down."""
    shown = get_object_or_404(workshops.phases(me(request)), pk=key)
    if how not in MOVES:
        raise Http404
    workshop = shown.session.group.workshop
    return _tried(request, workshop, lambda: script.move(phase=shown, up=MOVES[how], by=me(request)))


def _form[F: Form](
    request: HttpRequest,
    workshop: Workshop,
    heading: str,
    made: Callable[[QueryDict | None], F],
    done: Callable[[F], None],
    *,
    take_out: str = "",
) -> HttpResponse:
    """Show a form, keep what was sent, and go back to the plan; what is refused is said above the form."""
    again = kept.take(request) if request.method != "POST" else None
    form = made(request.POST if request.method == "POST" else again)
    if request.method == "POST" and form.is_valid():
        try:
            done(form)
        except Refused as error:
            form.add_error(None, error.sentence)
        else:
            messages.success(request, "The plan is changed.")
            return redirect("voice:plan", workshop.slug)
    looked(request, workshop, "plan")
    page = {"workshop": workshop, "form": form, "heading": heading, "take_out": take_out, "kept": again is not None}
    return render(request, "voice/workshops/form.jinja", page, status=400 if form.errors and again is None else 200)


def _tried(request: HttpRequest, workshop: Workshop, do: Callable[[], object]) -> HttpResponse:
    """Do something to the plan, or say why not."""
    try:
        do()
    except Refused as error:
        messages.error(request, error.sentence)
    return redirect("voice:plan", workshop.slug)
