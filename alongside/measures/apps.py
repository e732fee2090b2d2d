"""Questionnaires and responses: taking a form, and how things have been."""

from django.apps import AppConfig


class MeasuresConfig(AppConfig):
    name = "alongside.measures"

    def ready(self) -> None:
        from alongside.access.permissions import Permission
        from alongside.core.sockets import ContactLink, MenuItem, RecordTab, sockets
        from alongside.measures.about_a_person import HOLDINGS, PURPOSES
        from alongside.measures.card import CARD, PAPER, print_for_session
        from alongside.measures.panel import PANEL
        from alongside.measures.paper import reader

        sockets.holdings += HOLDINGS
        sockets.purposes |= PURPOSES
        sockets.home_cards += [CARD, PAPER]
        sockets.client_panels.append(PANEL)
        sockets.contact_links.append(
            ContactLink(
                label="Print a paper form for this session", permission=Permission.TAKE_FORMS, address=print_for_session
            )
        )
        sockets.before_serving.append(reader.begin)
        sockets.record_tabs.append(
            RecordTab(order=30, label="Measures", url_name="measures:over-time", permission=Permission.SEE_CLIENTS)
        )
        sockets.menu.append(
            MenuItem(
                order=95,
                label="Paper forms",
                url_name="measures:paper",
                permission=Permission.TAKE_FORMS,
                about="Bring in forms that were filled in with a pen, and look at what is doubtful.",
            )
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
