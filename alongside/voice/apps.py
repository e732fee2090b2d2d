"""Workshops: people in pairs to an agreed page, without a name."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class VoiceConfig(AppConfig):
    name = "alongside.voice"

    def ready(self) -> None:
        from alongside.access.permissions import Permission
        from alongside.core.sockets import MenuItem, sockets
        from alongside.voice import shuffled
        from alongside.voice.about_a_person import PURPOSES
        from alongside.voice.actions import votes, workshops

        sockets.purposes |= PURPOSES
        sockets.menu.append(
            MenuItem(order=60, label="Workshops", url_name="voice:workshops", permission=Permission.LEAD_WORKSHOPS)
        )
        sockets.before_serving += [workshops.delete_lists_that_are_over, votes.sweep]
        # after every migration, since SQLite forgets it whenever it rebuilds a table
        post_migrate.connect(shuffled.keep, sender=self)
