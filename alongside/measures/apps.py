"""Questionnaires and responses: taking a form, and how things have been."""

from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    name = "alongside.measures"

    def ready(self) -> None:
        from alongside.core.sockets import sockets
        from alongside.measures.about_a_person import HOLDINGS
        from alongside.measures.panel import PANEL

        sockets.holdings += HOLDINGS

        sockets.client_panels.append(PANEL)
