from django.apps import AppConfig

from alongside.access.permissions import Permission
from alongside.core.sockets import MenuItem, sockets


class AccessConfig(AppConfig):
    name = "alongside.access"

    def ready(self) -> None:
        from alongside.access import signing

        signing.listen()
        sockets.menu.append(
            MenuItem(order=90, label="People", url_name="access:people", permission=Permission.MANAGE_PEOPLE)
        )
