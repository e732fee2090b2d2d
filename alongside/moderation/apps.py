"""How words are looked after: the organisation’s guideline, and what was decided by it."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ModerationConfig(AppConfig):
    name = "alongside.moderation"

    def ready(self) -> None:
        from alongside.access.permissions import Permission
        from alongside.core.sockets import MenuItem, sockets
        from alongside.moderation import defaults
        from alongside.moderation.about_a_person import PURPOSES

        sockets.purposes |= PURPOSES
        sockets.menu.append(
            MenuItem(
                order=97,
                label="Guideline",
                url_name="moderation:guideline",
                permission=Permission.MANAGE_GUIDELINE,
                about="By which rules words in workshops are looked after, and how often each was used.",
            )
        )
        # after every migration, so that an old database has one too
        post_migrate.connect(defaults.fill, sender=self)
