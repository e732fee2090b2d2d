"""The pages of a workshop’s document: as it would be, as it was issued, and the look at its words before that."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from alongside.access import kept
from alongside.access.doors import needs
from alongside.access.permissions import Permission
from alongside.audit import actions as audit
from alongside.press import docx, prose
from alongside.voice.actions import documents
from alongside.voice.doors import me
from alongside.voice.forms.document import IssueForm
from alongside.voice.loading.exchange import as_csv
from alongside.voice.models import Document, Workshop
from alongside.voice.queries import document as queries
from alongside.voice.queries.workshops import visible_to

ISSUED = "The document is issued."
FORMS = {"pdf": "application/pdf", "docx": docx.TYPE, "csv": "text/csv; charset=utf-8"}


@needs(Permission.LEAD_WORKSHOPS)
def document(request: HttpRequest, slug: str) -> HttpResponse:
    """What the document would say now, and the versions that were issued."""
    workshop = _mine(request, slug)
    _looked(request, workshop)
    return _page(request, workshop, words=documents.draft(workshop))


@needs(Permission.LEAD_WORKSHOPS)
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A version as it was issued; where words in it were taken back, only that is said."""
    workshop = _mine(request, slug)
    shown = get_object_or_404(queries.documents(workshop), version=number)
    _looked(request, workshop, document=shown.pk)
    words = documents.words_of(shown)[0] if queries.stands(shown) else None
    return _page(request, workshop, words=words, shown=shown, status=200 if words else 410)


@needs(Permission.LEAD_WORKSHOPS)
def file(request: HttpRequest, slug: str, number: int, form: str) -> HttpResponse:
    """A version as a file."""
    workshop = _mine(request, slug)
    taken = get_object_or_404(queries.documents(workshop), version=number)
    if form not in FORMS or not queries.stands(taken):
        raise Http404
    audit.record(
        by=me(request).pk, did="document.taken", subject=f"workshop:{workshop.pk}",
        details={"document": taken.pk, "form": form},
    )  # fmt: skip
    answer = HttpResponse(_written(taken, form), content_type=FORMS[form])
    answer["Content-Disposition"] = f'attachment; filename="{workshop.slug}-{number}.{form}"'
    return answer


@needs(Permission.LEAD_WORKSHOPS)
def issue(request: HttpRequest, slug: str) -> HttpResponse:
    """Look at every note for what may tell who wrote it, then issue the document."""
    workshop = _mine(request, slug)
    again = kept.take(request) if request.method != "POST" else None
    last = queries.documents(workshop).first()
    form = IssueForm(
        request.POST if request.method == "POST" else again,
        notes=queries.printable(workshop),
        before=last.left_out if last else [],
        taken_out=documents.taken_out_of(last),
    )
    if request.method == "POST" and form.is_valid():
        made = documents.issue(workshop=workshop, left_out=form.left_out, taken_out=form.taken_out, by=me(request))
        messages.success(request, ISSUED)
        return redirect("voice:version", workshop.slug, made.version)
    _looked(request, workshop, page="issue")
    return render(
        request, "voice/document/issue.jinja", {"workshop": workshop, "form": form, "kept": again is not None}
    )


def _written(taken: Document, form: str) -> bytes:
    words, boards = documents.words_of(taken)
    made_at = taken.made_at.replace(microsecond=0)
    match form:
        case "pdf":
            return prose.document(words, timestamp=made_at)
        case "docx":
            return docx.document(words, timestamp=made_at)
        case _:
            return as_csv(boards).encode()


def _page(request: HttpRequest, workshop: Workshop, *, status: int = 200, **page: object) -> HttpResponse:
    versions = queries.documents(workshop)
    context = {"workshop": workshop, "versions": versions, "shown": None, **page}
    return render(request, "voice/document/page.jinja", context, status=status)


def _mine(request: HttpRequest, slug: str) -> Workshop:
    return get_object_or_404(visible_to(me(request)), slug=slug)


def _looked(request: HttpRequest, workshop: Workshop, **details: object) -> None:
    audit.record(by=me(request).pk, did="document.viewed", subject=f"workshop:{workshop.pk}", details=details)
