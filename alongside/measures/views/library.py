"""A manager decides which measures are used, and keeps their licences and words."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from alongside.access.doors import needs
from alongside.access.permissions import Permission
from alongside.audit import actions as audit
from alongside.care.views.opening import sent
from alongside.core.words import day
from alongside.measures.actions import library as actions
from alongside.measures.doors import me
from alongside.measures.forms.library import EndLicenceForm, LicenceForm, OwnForm, SwitchOnForm, WordingForm
from alongside.measures.models import Measure
from alongside.measures.presenters import library as words
from alongside.measures.queries import library as queries


@needs(Permission.MANAGE_MEASURES)
@require_safe
def every(request: HttpRequest) -> HttpResponse:
    """Every measure, A to Z."""
    used, others = words.listed(queries.every_measure(), queries.services())
    return render(request, "measures/library/every.jinja", {"used": used, "others": others})


@needs(Permission.MANAGE_MEASURES)
@require_safe
def one(request: HttpRequest, instrument: str) -> HttpResponse:
    """One measure: what is published of it, and what was decided and recorded here."""
    known = _opened(request, instrument, page="measure")
    key = known.form.key
    page = {
        "where": words.where(known, queries.services()),
        "words": words.words(known),
        "scoring": words.scoring(known.form),
        "scores": words.scores(known.form),
        "terms": words.terms(known.form),
        "licences": [(one, words.held(one)) for one in queries.licences_of(key)],
        "wordings": [(one, words.about(one)) for one in queries.wordings_of(key)],
        "by_its_service": key == queries.SERVICE_EVALUATION,
    }
    return _answer(request, "measures/library/one.jinja", known, **page)


@needs(Permission.MANAGE_MEASURES)
@require_safe
def file(request: HttpRequest, instrument: str) -> HttpResponse:
    """The file of a measure of the organisation's own."""
    known = _known(instrument)
    if not known.own or known.row is None:
        raise Http404
    _looked(request, known, page="file")
    answer = HttpResponse(known.row.definition, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{known.form.key}.toml"'
    return answer


@needs(Permission.MANAGE_MEASURES)
def add_own(request: HttpRequest) -> HttpResponse:
    """A measure of the organisation's own, from the text of its file."""
    said, again = sent(request)
    form = OwnForm(said)
    if request.method == "POST" and form.is_valid():
        definition = form.cleaned_data["form"]
        try:
            actions.add_own(form=definition, text=form.cleaned_data["text"], by=me(request))
        except actions.Refused as why:
            form.add_error("text", str(why))
        else:
            messages.success(request, "It is added. Look at it as the client sees it, and switch it on.")
            return redirect("measures:measure", definition.key)
    return render(request, "measures/library/add_own.jinja", {"form": form, "kept": again})


@needs(Permission.MANAGE_MEASURES)
def switch_on(request: HttpRequest, instrument: str) -> HttpResponse:
    """Where a measure is offered, and in which version."""
    known = _opened(request, instrument, page="switch on")
    if known.form.key == queries.SERVICE_EVALUATION:
        raise Http404
    said, again = sent(request)
    newer = request.GET.get("to", "")
    version = newer if newer in {version for version, _new in known.others} else known.form.version
    form = SwitchOnForm(said, known=known, version=version, services=queries.services())

    def deed(given: dict[str, Any]) -> str:
        actions.switch_on(
            measure=known.form.key, version=given["version"], services=given["services"], was=given["was"],
            by=me(request),
        )  # fmt: skip
        return f"{known.form.name} is switched on."

    page = {"form": form, "kept": again, "version": form["version"].value()}
    return _done(request, known, form, deed) or _answer(request, "measures/library/switch_on.jinja", known, **page)


@needs(Permission.MANAGE_MEASURES)
def switch_off(request: HttpRequest, instrument: str) -> HttpResponse:
    """Offer a measure no more."""
    known = _opened(request, instrument, page="switch off")
    if known.form.key == queries.SERVICE_EVALUATION:
        raise Http404
    if request.method == "POST":
        actions.switch_off(measure=known.form.key, by=me(request))
        messages.success(request, f"{known.form.name} is switched off.")
        return redirect("measures:measure", known.form.key)
    return _answer(request, "measures/library/switch_off.jinja", known)


@needs(Permission.MANAGE_MEASURES)
def retire(request: HttpRequest, instrument: str, row: str) -> HttpResponse:
    """Ask a version no more."""
    known, version = _with_version(request, instrument, row, page="retire")
    if request.method == "POST":
        actions.retire(version=version, by=me(request))
        messages.success(request, f"Version {version.version} is retired.")
        return redirect("measures:measure", known.form.key)
    return _answer(request, "measures/library/retire.jinja", known, version=version)


@needs(Permission.MANAGE_MEASURES)
def bring_back(request: HttpRequest, instrument: str, row: str) -> HttpResponse:
    """Take back that a version was retired."""
    known, version = _with_version(request, instrument, row, page="retire")
    if request.method == "POST":
        actions.bring_back(version=version, by=me(request))
        messages.success(request, f"Version {version.version} is back. It stays off until you switch it on.")
    return redirect("measures:measure", known.form.key)


@needs(Permission.MANAGE_MEASURES)
def record_licence(request: HttpRequest, instrument: str) -> HttpResponse:
    """The leave that the organisation has."""
    known = _opened(request, instrument, page="licence")
    said, again = sent(request)
    form = LicenceForm(said)

    def deed(given: dict[str, Any]) -> str:
        actions.record_licence(measure=known.form.key, **given, by=me(request))
        return "The licence is recorded."

    page = {"form": form, "kept": again}
    return _done(request, known, form, deed) or _answer(request, "measures/library/licence.jinja", known, **page)


@needs(Permission.MANAGE_MEASURES)
def end_licence(request: HttpRequest, instrument: str, licence: str) -> HttpResponse:
    """The last day of a licence."""
    known = _opened(request, instrument, page="end licence")
    found = queries.licence_of(known.form.key, licence)
    if found is None:
        raise Http404
    said, again = sent(request)
    form = EndLicenceForm(said)

    def deed(given: dict[str, Any]) -> str:
        actions.end_licence(licence=found, ends_on=given["ends_on"], by=me(request))
        return f"The licence ends on {day(given['ends_on'])}."

    page = {"form": form, "kept": again, "licence": found, "held": words.held(found)}
    return _done(request, known, form, deed) or _answer(request, "measures/library/end_licence.jinja", known, **page)


@needs(Permission.MANAGE_MEASURES)
def add_wording(request: HttpRequest, instrument: str) -> HttpResponse:
    """The words of a measure whose file has none; refused while no licence holds."""
    known = _opened(request, instrument, page="wording")
    said, again = sent(request)
    form = WordingForm(said, form=known.form)

    def deed(given: dict[str, Any]) -> str:
        actions.add_wording(
            measure=known.form.key, version=given["version"], stem=given["stem"], items=given["items"],
            options=given["options"], by=me(request),
        )  # fmt: skip
        return "The words are added. Look at them as the client sees them."

    page = {"form": form, "kept": again, "come_with_it": known.form.licence.status != "numbers only"}
    return _done(request, known, form, deed) or _answer(request, "measures/library/wording.jinja", known, **page)


def _known(instrument: str) -> queries.Known:
    known = queries.one_measure(instrument)
    if known is None:
        raise Http404
    return known


def _opened(request: HttpRequest, instrument: str, *, page: str) -> queries.Known:
    """One measure; a look is written in the audit."""
    known = _known(instrument)
    if request.method != "POST":
        _looked(request, known, page=page)
    return known


def _with_version(request: HttpRequest, instrument: str, row: str, *, page: str) -> tuple[queries.Known, Measure]:
    known = _known(instrument)
    version = queries.version_of(known.form.key, row)
    if version is None:
        raise Http404
    if request.method != "POST":
        _looked(request, known, page=page)
    return known, version


def _looked(request: HttpRequest, known: queries.Known, *, page: str) -> None:
    audit.record(by=me(request).pk, did="measure.viewed", subject=f"measure:{known.form.key}", details={"page": page})


def _done(
    request: HttpRequest, known: queries.Known, form: forms.Form, deed: Callable[[dict[str, Any]], str]
) -> HttpResponse | None:
    """Do what was sent and lead back to the measure; a refusal stands above the form, with all that was typed."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        said = deed(form.cleaned_data)
    except actions.Refused as why:
        form.add_error(None, str(why))
        return None
    messages.success(request, said)
    return redirect("measures:measure", known.form.key)


def _answer(request: HttpRequest, template: str, known: queries.Known, **page: object) -> HttpResponse:
    back = reverse("measures:measure", args=[known.form.key])
    return render(request, template, {"known": known, "form_of": known.form, "back": back, **page})
