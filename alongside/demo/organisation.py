"""Wren Street itself: its words, teams, staff, services, funders and grants."""

from dataclasses import dataclass
from datetime import date, timedelta

from alongside.access import actions as access
from alongside.access.models import Team, User
from alongside.addressbook.actions import add_organisation
from alongside.addressbook.models import Organisation
from alongside.care.actions import services
from alongside.care.models import Referral, Service
from alongside.demo.invented import organisation as wren
from alongside.demo.invented.people import REFERRERS
from alongside.information import actions as information
from alongside.reporting.actions import grants
from alongside.reporting.models import Grant

WHO = "demo"  # who did it, in the audit
YEARS_BACK = timedelta(days=730)


@dataclass(frozen=True, kw_only=True)
class House:
    """Everything the invented history refers to, by name."""

    staff: dict[str, User]
    services: dict[str, Service]
    referrers: dict[str, Organisation]
    grants: list[tuple[Grant, set[str]]]  # each with the names of its services

    def practitioners(self, service: Service) -> list[User]:
        """Those of the service's team who are no leads, in the order they stand in the list."""
        names = [name for name, role, teams in wren.STAFF if role == "practitioner" and service.team.name in teams]
        return [self.staff[name] for name in names]

    def lead(self) -> User:
        """Who covers."""
        return self.staff[wren.JO]

    def way_in(self, way: Referral.Way) -> Organisation | None:
        """The organisation that sends people this way, if one does."""
        return self.referrers.get(REFERRERS.get(way, ""))

    def payers(self, service: Service, on: date) -> list[Organisation]:
        """Who pays for a service on a day."""
        return [
            grant.funder
            for grant, names in self.grants
            if service.name in names and grant.starts_on <= on <= grant.ends_on
        ]


def build(today: date) -> House:
    """Make the organisation, through the same actions as everybody else."""
    information.describe(by=WHO, **wren.ABOUT)
    information.add_default_helplines(by=WHO, checked_on=today)
    for place, (title, about, note, picture) in enumerate(wren.OFFERS, start=1):
        information.add_offer(by=WHO, title=title, about=about, note=note, picture=picture, place=place)
    staff = {name: _add_user(name, role) for name, role, _teams in wren.STAFF}
    teams = {team: _add_team(team, staff) for team in (wren.CALDER, wren.BROOK)}
    given = {
        name: services.add(name=name, tier=tier, team=teams[team], uses_form=uses_form, by=WHO)
        for name, tier, team, uses_form in wren.SERVICES
    }
    referrers = {
        name: add_organisation(name=name, kind=Organisation.Kind.REFERRER, by=WHO) for name in REFERRERS.values()
    }
    return House(staff=staff, services=given, referrers=referrers, grants=_grants(today, given, staff))


def _add_user(name: str, role: str) -> User:
    email = f"{name.split(' ', maxsplit=1)[0].lower()}@wrenstreet.example"
    return access.add_user(email=email, name=name, role=role, password=None, by=WHO)


def _add_team(name: str, staff: dict[str, User]) -> Team:
    members = [staff[person] for person, _role, teams in wren.STAFF if name in teams]
    return access.add_team(name=name, members=members, by=WHO)


def _grants(today: date, given: dict[str, Service], staff: dict[str, User]) -> list[tuple[Grant, set[str]]]:
    """Grants run over financial years, from 1 April."""
    names = dict.fromkeys(funder for funder, *_ in wren.GRANTS)
    funders = {name: add_organisation(name=name, kind=Organisation.Kind.FUNDER, by=WHO) for name in names}
    first = (today - YEARS_BACK - timedelta(days=90)).year
    made = []
    for funder, title, begins, ends, paid, reader in wren.GRANTS:
        grant = grants.add(
            funder=funders[funder],
            title=title,
            starts_on=date(first + begins, 4, 1),
            ends_on=date(first + ends, 3, 31),
            services=[given[name] for name in paid],
            readers=[staff[reader]] if reader else [],
            by=staff[wren.JO],
        )
        made.append((grant, set(paid)))
    return made
