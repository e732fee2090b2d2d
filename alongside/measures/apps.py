"""Questionnaires and responses: taking a form, and how things have been."""

from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    name = "alongside.measures"

    def ready(self) -> None:
        from alongside.access.permissions import Permission
        from alongside.core.sockets import MenuItem, RecordTab, sockets
        from alongside.measures.about_a_person import HOLDINGS
        from alongside.measures.card import CARD
        from alongside.measures.panel import PANEL

        sockets.holdings += HOLDINGS
        sockets.home_cards.append(CARD)
        sockets.client_panels.append(PANEL)
        sockets.record_tabs.append(
            RecordTab(order=30, label="Measures", url_name="measures:over-time", permission=Permission.SEE_CLIENTS)
        )
        sockets.menu.append(
            MenuItem(
                order=96,
                label="Measures",
                url_name="measures:library",
                permission=Permission.MANAGE_MEASURES,
                about="What you ask people about themselves, in whose words, and by whose leave.",
            )
        )
