"""Filling an empty database with Wren Street, all of it or nothing."""

from datetime import date

from django.db import transaction

from alongside.demo import asked, forms, lives, measured, organisation, workshops
from alongside.demo.edition import edition
from alongside.demo.history import History
from alongside.demo.models import Prepared
from alongside.demo.organisation import House
from alongside.reporting.actions import reports
from alongside.reporting.periods import offered


@transaction.atomic
def fill(today: date) -> None:
    """Invent the organisation and its two years up to this day."""
    history = History(organisation.build(today), today)
    lives.invent(history)
    forms.put_right(history)
    forms.check_ins(history)
    asked.invent(history)
    measured.switch_on(history)
    measured.invent(history)
    history.write()
    measured.ask(history)
    workshops.invent(history.house, today)
    _report(history.house, today)
    prepared = Prepared(on=today, edition=edition())
    prepared.full_clean()
    prepared.save(force_insert=True)


def _report(house: House, today: date) -> None:
    """The first grant's report on its last whole year, so that its funder's reader has one to read."""
    grant = house.grants[0][0]
    years = [year for year in offered(grant.starts_on, grant.ends_on, today=today) if year.ends_on < today]
    reports.make(grant=grant, starts_on=years[0].starts_on, ends_on=years[0].ends_on, by=house.lead())
