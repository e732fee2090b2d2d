from django.apps import AppConfig
from django.core import checks

from alongside.access.permissions import Permission
from alongside.core.sockets import MenuItem, sockets


class AccessConfig(AppConfig):
    name = "alongside.access"

    def ready(self) -> None:
        from alongside.access import checks as looking
        from alongside.access import signing
        from alongside.access.about_a_person import HOLDINGS, PURPOSES

        for look in (looking.leads, looking.unused, looking.leavers, looking.roles):
            checks.register(look, "safekeeping", deploy=True)
        sockets.holdings += HOLDINGS
        sockets.purposes |= PURPOSES
        signing.listen()
        sockets.menu += [
            MenuItem(
                order=90,
                label="People",
                url_name="access:people",
                permission=Permission.MANAGE_PEOPLE,
                about="Who works here and can sign in, and the teams.",
            ),
            MenuItem(
                order=95,
                label="Who did what",
                url_name="access:record",
                permission=Permission.READ_AUDIT,
                about="Every look and every change, in the order they happened.",
            ),
        ]
