"""Questionnaires and responses: taking a form, and how things have been."""

from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    name = "alongside.measures"

    def ready(self) -> None:
        from alongside.core.sockets import sockets
        from alongside.measures.panel import PANEL

        sockets.client_panels.append(PANEL)
