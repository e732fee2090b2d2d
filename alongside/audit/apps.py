from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    name = "alongside.audit"

    def ready(self) -> None:
        from alongside.audit import triggers
        from alongside.audit.checks import unbroken

        # SQLite drops a table's triggers whenever it rebuilds the table, so they are put back after every migration
        post_migrate.connect(triggers.put_back, sender=self)
        checks.register(triggers.check, checks.Tags.database)
        checks.register(unbroken, "doctor", deploy=True)
