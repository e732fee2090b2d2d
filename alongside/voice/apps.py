"""Workshops: people in pairs to an agreed page, without a name."""

from django.apps import AppConfig


class VoiceConfig(AppConfig):
    name = "alongside.voice"

    def ready(self) -> None:
        from alongside.access.permissions import Permission
        from alongside.core.sockets import MenuItem, sockets
        from alongside.voice.about_a_person import PURPOSES
        from alongside.voice.actions import votes, workshops

        sockets.purposes |= PURPOSES
        sockets.menu.append(
            MenuItem(order=60, label="Workshops", url_name="voice:workshops", permission=Permission.LEAD_WORKSHOPS)
        )
        sockets.before_serving += [workshops.delete_lists_that_are_over, votes.sweep]
