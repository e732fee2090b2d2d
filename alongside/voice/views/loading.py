"""The page on which a past workshop is loaded: its words, then what each block of them is."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from alongside.access import kept
from alongside.access.doors import needs
from alongside.access.permissions import Permission
from alongside.voice.actions import loading
from alongside.voice.doors import me
from alongside.voice.forms.loading import PREFIX, Blocks, PastForm, SaidForm, blocks, proposed
from alongside.voice.loading import layout

LOADED = "The workshop is loaded."


@needs(Permission.LEAD_WORKSHOPS)
def load(request: HttpRequest) -> HttpResponse:
    """Take the words, show the blocks they fall into, and load them as the person says they are."""
    again = kept.take(request) if request.method != "POST" else None
    said = request.POST if request.method == "POST" else again
    if said is None:
        return _words(request, PastForm(), again=False)
    if f"{PREFIX}-TOTAL_FORMS" in said:
        return _blocks(request, said, again=again is not None)
    form = PastForm(said)
    if again is not None or not form.is_valid():
        return _words(request, form, again=again is not None)
    return _shown(request, SaidForm(_first(said)), proposed(form.past), past=form.past)


def _blocks(request: HttpRequest, said: QueryDict, *, again: bool) -> HttpResponse:
    form, those = SaidForm(said), blocks(said)
    right = form.is_valid() & those.is_valid()
    if again or not right:
        return _shown(request, form, those, again=again)
    if "change" in said:
        text = layout.write(those.boards())
        return _words(request, PastForm(initial={**form.cleaned_data, "text": text}), again=False)
    by = me(request)
    workshop = loading.load(boards=those.boards(), leads=[by], by=by.pk, **form.cleaned_data)
    messages.success(request, LOADED)
    return redirect("voice:document", workshop.slug)


def _first(said: QueryDict) -> QueryDict:
    """What was said of the whole workshop, to be carried on to the blocks."""
    carried = said.copy()
    carried.pop("text", None)
    return carried


def _words(request: HttpRequest, form: PastForm, *, again: bool) -> HttpResponse:
    return render(request, "voice/load/words.jinja", {"form": form, "kept": again})


def _shown(request: HttpRequest, form: SaidForm, those: Blocks, **page: object) -> HttpResponse:
    return render(request, "voice/load/blocks.jinja", {"form": form, "blocks": those, "kept": False, **page})
