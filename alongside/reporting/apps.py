"""Grants, and the reports their funders read."""

from django.apps import AppConfig

from alongside.access.permissions import Permission
from alongside.core.sockets import MenuItem, sockets


class ReportingConfig(AppConfig):
    name = "alongside.reporting"

    def ready(self) -> None:
        from alongside.reporting.about_a_person import HOLDINGS

        sockets.holdings += HOLDINGS
        pages = (
            ("Reports", "reporting:grants", Permission.MAKE_REPORTS),
            ("Reports", "reporting:grants", Permission.READ_OWN_REPORTS),
            ("Answers", "reporting:answers", Permission.TAKE_ANSWERS_UNDER_CODES),
        )
        sockets.menu += [
            MenuItem(order=50, label=label, url_name=page, permission=permission) for label, page, permission in pages
        ]
