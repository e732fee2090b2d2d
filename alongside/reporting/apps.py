"""Grants, and the reports their funders read."""

from django.apps import AppConfig

from alongside.access.permissions import Permission
from alongside.core.sockets import MenuItem, sockets


class ReportingConfig(AppConfig):
    name = "alongside.reporting"

    def ready(self) -> None:
        sockets.menu += [
            MenuItem(order=50, label="Reports", url_name="reporting:grants", permission=permission)
            for permission in (Permission.MAKE_REPORTS, Permission.READ_OWN_REPORTS)
        ]
