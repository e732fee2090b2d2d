import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import alongside.core.clock
import alongside.core.encryption
import alongside.core.models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0002_kept_forms"),
    ]

    operations = [
        migrations.CreateModel(
            name="Emergency",
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
                ("reference", models.CharField(max_length=9, unique=True)),
                ("subject_key", models.CharField(max_length=32)),
                ("why", alongside.core.encryption.EncryptedText()),
                ("until", models.DateTimeField()),
                (
                    "verdict",
                    models.CharField(
                        blank=True,
                        choices=[("needed", "It was needed"), ("not needed", "It was not needed")],
                        max_length=20,
                    ),
                ),
                ("note", alongside.core.encryption.EncryptedText(blank=True)),
                ("reviewed_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="OwnLink",
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
                ("subject_key", models.CharField(max_length=32)),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("ends_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.RemoveConstraint(
            model_name="user",
            name="access_user_role_is_known",
        ),
        migrations.AlterField(
            model_name="relationship",
            name="kind",
            field=models.CharField(
                choices=[
                    ("caseload", "works with them"),
                    ("team", "in the team that supports them"),
                    ("funds", "funds this work"),
                    ("emergency", "opened it in an emergency, for an hour"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="user",
            name="role",
            field=models.CharField(
                choices=[
                    ("practitioner", "Practitioner"),
                    ("lead", "Service lead"),
                    ("evaluator", "Evaluator"),
                    ("funder reader", "Funder’s reader"),
                    ("facilitator", "Facilitator"),
                    ("trainer", "Trainer"),
                    ("network moderator", "Network moderator"),
                    ("debrief therapist", "Debrief therapist"),
                    ("administrator", "Administrator"),
                    ("client", "Client"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "role__in",
                        [
                            "practitioner",
                            "lead",
                            "evaluator",
                            "funder reader",
                            "facilitator",
                            "trainer",
                            "network moderator",
                            "debrief therapist",
                            "administrator",
                            "client",
                        ],
                    )
                ),
                name="access_user_role_is_known",
            ),
        ),
        migrations.AddField(
            model_name="emergency",
            name="reviewed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="emergency",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="emergencies", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="emergency",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reviewed_at", None), ("verdict", "")),
                    models.Q(("reviewed_at__isnull", False), ("reviewed_by__isnull", False)),
                    _connector="OR",
                ),
                name="access_reviewed_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="emergency",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reviewed_by", None), models.Q(("reviewed_by", models.F("user")), _negated=True), _connector="OR"
                ),
                name="access_nobody_reviews_themselves",
            ),
        ),
    ]
