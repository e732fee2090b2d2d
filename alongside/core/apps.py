from typing import Any

from django.apps import AppConfig
from django.core import checks
from django.core.management import call_command
from django.db.models.signals import post_migrate
from django.urls import register_converter

from alongside.core.addresses import Key


def make_cache_table(*, using: str, **_: Any) -> None:
    """Sign-in limits are counted in the database, so that every process counts together."""
    call_command("createcachetable", database=using, verbosity=0)


class CoreConfig(AppConfig):
    name = "alongside.core"

    def ready(self) -> None:
        from alongside.core import shuffled
        from alongside.core.mail import every_mailer_writes_to_one

        register_converter(Key, "key")
        checks.register(every_mailer_writes_to_one)
        post_migrate.connect(make_cache_table, sender=self)
        # after every migration, since SQLite forgets it whenever it rebuilds a table
        post_migrate.connect(shuffled.keep, sender=self)
