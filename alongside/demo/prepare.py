"""Filling an empty database with Wren Street, all of it or nothing."""

from datetime import date

from django.db import transaction

from alongside.demo import forms, lives, organisation
from alongside.demo.edition import edition
from alongside.demo.history import History
from alongside.demo.models import Prepared


@transaction.atomic
def fill(today: date) -> None:
    """Invent the organisation and its two years up to this day."""
    history = History(organisation.build(today), today)
    lives.invent(history)
    forms.put_right(history)
    forms.check_ins(history)
    history.write()
    prepared = Prepared(on=today, edition=edition())
    prepared.full_clean()
    prepared.save(force_insert=True)
