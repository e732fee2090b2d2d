"""Printing forms, each with an id that says nothing of anybody."""

import json
from datetime import date

from alongside.access.models import User
from alongside.audit import actions as audit
from alongside.care.models import Episode, Service
from alongside.information.queries import about_us
from alongside.measures.actions.forms import NotOffered
from alongside.measures.models import Edition, PaperForm, Questionnaire
from alongside.measures.queries.library import Known
from alongside.paper.form.printing import Printed, printed
from alongside.paper.layout import Layout, written

MOST_COPIES = 100
Occasion = Questionnaire.Occasion


@audit.recorded
def for_client(
    *, episode: Episode, known: Known, occasion: Questionnaire.Occasion, about_on: date, large: bool, by: User
) -> bytes:
    """Print a form for a client: what comes back on it lands with them.

    Raises
    ------
    NotOffered : the measure is switched off, not offered in this service, or its licence is not recorded
    CannotPrint : it asks what is not read from paper, or comes without its words
    """
    if known.note_only or not known.offered_in(episode.service):
        raise NotOffered
    made = _made(known, occasion, large=large, copies=1)
    form = PaperForm(
        form_id=made.layout.form_id, edition=_edition(made.layout), client_id=episode.client_id, episode=episode,
        wording=known.wording, occasion=occasion, about_on=about_on, printed_by=by,
    )  # fmt: skip
    form.full_clean()
    form.save(force_insert=True)
    audit.record(by=by.pk, did="paper.printed", subject=f"client:{episode.client_id}", details={"form": form.pk})
    return made.pdf


@audit.recorded
def without_names(*, service: Service, known: Known, copies: int, about_on: date, large: bool, by: User) -> bytes:
    """Print forms without a name: what comes back counts for the service, and is joined to nobody.

    Raises
    ------
    NotOffered, CannotPrint : as for `for_client`
    """
    if known.note_only or not known.offered_in(service):
        raise NotOffered
    occasion = Occasion.FORTNIGHT if known.form.key == "service-evaluation" else Occasion.ONCE
    made = _made(known, occasion, large=large, copies=copies)
    edition = _edition(made.layout)
    for form_id in made.layout.copies or (made.layout.form_id,):
        form = PaperForm(
            form_id=form_id, edition=edition, service=service, wording=known.wording, occasion=occasion,
            about_on=about_on, printed_by=by,
        )  # fmt: skip
        form.full_clean()
        form.save(force_insert=True)
    details: dict[str, object] = {"edition": edition.pk, "copies": copies}
    audit.record(by=by.pk, did="paper.printed", subject=f"service:{service.pk}", details=details)
    return made.pdf


def _made(known: Known, occasion: Questionnaire.Occasion, *, large: bool, copies: int) -> Printed:
    return printed(
        known.worded, large=large, copies=copies, organisation=about_us().name,
        before_session=occasion == Occasion.BEFORE,
    )  # fmt: skip


def _edition(layout: Layout) -> Edition:
    """The form as it is laid out: kept once, however many copies of it there are."""
    letters = layout.form_id[:7]
    kept = Edition.objects.filter(letters=letters).first()
    if kept is not None or layout.instrument is None:
        return kept or Edition.objects.get(letters=letters)
    text = json.dumps(json.loads(written(layout.model_copy(update={"copies": ()}))), separators=(",", ":"))
    edition = Edition(
        letters=letters, instrument=layout.instrument.key, version=layout.instrument.version, large=layout.large,
        pages=len(layout.page_numbers), layout=text,
    )  # fmt: skip
    edition.full_clean()
    edition.save(force_insert=True)
    return edition
