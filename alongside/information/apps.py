from django.apps import AppConfig
from django.core import checks

from alongside.access.permissions import Permission
from alongside.core.sockets import MenuItem, sockets


class InformationConfig(AppConfig):
    name = "alongside.information"

    def ready(self) -> None:
        from alongside.information.checks import helplines

        checks.register(helplines, "doctor", deploy=True)
        sockets.menu.append(
            MenuItem(
                order=95,
                label="Organisation",
                url_name="information:organisation",
                permission=Permission.MANAGE_PEOPLE,
                about="Your name, what you offer, and the helplines on every page.",
            )
        )
