"""What people may ask of us about their data."""

from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate

from alongside.access.permissions import Permission
from alongside.core.sockets import MenuItem, sockets


class RightsConfig(AppConfig):
    name = "alongside.rights"

    def ready(self) -> None:
        from alongside.rights import defaults, restoring
        from alongside.rights.about_a_person import HOLDINGS, PURPOSES
        from alongside.rights.checks import marks
        from alongside.rights.panel import PANEL

        sockets.holdings += HOLDINGS
        sockets.purposes |= PURPOSES
        sockets.client_panels.append(PANEL)
        sockets.after_restore.append(restoring.apply)
        sockets.menu.append(
            MenuItem(
                order=85,
                label="Rights",
                url_name="rights:home",
                permission=Permission.MANAGE_RIGHTS,
                about="What people ask about their data, what you keep, and for how long.",
            )
        )
        checks.register(marks, "doctor", deploy=True)
        # after every migration, so that an old database has them too, and nobody comes back with it
        post_migrate.connect(defaults.fill, sender=self)
        post_migrate.connect(restoring.after_migrating, sender=self)
