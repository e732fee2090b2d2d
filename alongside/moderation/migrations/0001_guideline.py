import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import alongside.core.clock
import alongside.core.encryption
import alongside.core.models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Guideline",
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
                ("version", models.PositiveSmallIntegerField(unique=True)),
                ("title", models.CharField(max_length=120)),
                ("introduction", models.TextField(blank=True, max_length=600)),
                ("in_force_from", models.DateField(blank=True, null=True)),
                ("published_on", models.DateField(blank=True, editable=False, null=True)),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-version",),
            },
        ),
        migrations.CreateModel(
            name="Clause",
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
                ("number", models.PositiveSmallIntegerField()),
                ("title", models.CharField(max_length=120)),
                ("words", models.TextField(max_length=600)),
                (
                    "does",
                    models.CharField(
                        choices=[
                            ("show", "It is shown"),
                            ("hold", "It waits until somebody has read it again"),
                            ("offer", "It is shown, and we quietly offer support"),
                            ("set_aside", "It is kept, and not shown"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "guideline",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="clauses", to="moderation.guideline"
                    ),
                ),
            ],
            options={
                "ordering": ("guideline__version", "number"),
            },
        ),
        migrations.CreateModel(
            name="Decision",
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
                ("subject", models.CharField(db_index=True, max_length=60)),
                (
                    "did",
                    models.CharField(
                        choices=[
                            ("shown", "Shown"),
                            ("held", "Held"),
                            ("set_aside", "Set aside"),
                            ("offered", "Support offered"),
                        ],
                        max_length=10,
                    ),
                ),
                ("day", models.DateField()),
                ("reason", alongside.core.encryption.EncryptedText(blank=True, max_length=300)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "clause",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="moderation.clause",
                    ),
                ),
            ],
            options={
                "ordering": ("-day", "key"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("did__in", ("shown", "offered")), ("clause__isnull", False), _connector="OR"
                        ),
                        name="moderation_kept_back_by_a_clause",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="guideline",
            constraint=models.CheckConstraint(
                condition=models.Q(("published_on", None), ("in_force_from__isnull", False), _connector="OR"),
                name="moderation_published_from_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="clause",
            constraint=models.UniqueConstraint(fields=("guideline", "number"), name="moderation_each_clause_once"),
        ),
    ]
