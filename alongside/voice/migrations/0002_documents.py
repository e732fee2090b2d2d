import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import alongside.core.clock
import alongside.core.encryption
import alongside.core.models


class Migration(migrations.Migration):
    dependencies = [
        ("voice", "0001_workshops"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Document",
            fields=[
                (
                    "key",
                    models.CharField(
                        default=alongside.core.models.new_key,
                        editable=False,
                        max_length=32,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("made_at", models.DateTimeField(default=alongside.core.clock.now, editable=False)),
                ("version", models.PositiveSmallIntegerField()),
                ("content", alongside.core.encryption.EncryptedText()),
                ("notes", models.JSONField(blank=True, default=list)),
                ("left_out", models.JSONField(blank=True, default=list)),
                ("fingerprint", models.CharField(max_length=64)),
                (
                    "issued_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "workshop",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="documents", to="voice.workshop"
                    ),
                ),
            ],
            options={
                "ordering": ("-version",),
                "constraints": [
                    models.UniqueConstraint(fields=("workshop", "version"), name="voice_one_document_of_a_version")
                ],
            },
        ),
    ]
