"""Clients, and the support they receive: referrals, episodes, contacts, goals."""

from django.apps import AppConfig
from django.db.models.signals import post_delete

from alongside.access.permissions import Permission
from alongside.core.sockets import MenuItem, sockets


class CareConfig(AppConfig):
    name = "alongside.care"

    def ready(self) -> None:
        from alongside.care.about_a_person import HOLDINGS, PEOPLE
        from alongside.care.models import Client
        from alongside.care.queries import called

        sockets.before_serving.append(called.remember_everybody)
        post_delete.connect(called.forget, sender=Client)
        sockets.people = PEOPLE
        sockets.holdings += HOLDINGS
        sockets.menu += [
            MenuItem(order=10, label="Today", url_name="today", permission=Permission.SEE_CLIENTS),
            MenuItem(order=20, label="Clients", url_name="care:clients", permission=Permission.SEE_CLIENTS),
            MenuItem(
                order=80,
                label="Services",
                url_name="care:services",
                permission=Permission.MANAGE_PEOPLE,
                about="The kinds of support that you give, and the team of each.",
            ),
        ]
