import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

import alongside.access.models
import alongside.core.encryption


def end_those_before(_: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Sessions before this one lay open in a table of Django's; everybody signs in once more."""
    connection = schema_editor.connection
    if "django_session" in connection.introspection.table_names():
        schema_editor.execute("DELETE FROM django_session", params=None)


class Migration(migrations.Migration):
    dependencies = [("access", "0003_roles_and_emergencies")]

    operations = [
        migrations.CreateModel(
            name="Session",
            fields=[
                (
                    "session_key",
                    models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name="session key"),
                ),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                ("session_data", alongside.core.encryption.EncryptedText()),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"verbose_name": "session", "verbose_name_plural": "sessions", "abstract": False},
        ),
        migrations.RunPython(end_those_before, migrations.RunPython.noop),
    ]
