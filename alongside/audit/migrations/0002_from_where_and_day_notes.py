from django.db import migrations, models

import alongside.core.clock
import alongside.core.models


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0001_audit"),
    ]

    operations = [
        migrations.AddField(
            model_name="entry",
            name="where",
            field=models.CharField(blank=True, db_default="", default="", max_length=45),
        ),
        migrations.CreateModel(
            name="DayNote",
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
                ("board", models.CharField(max_length=32)),
                ("kind", models.CharField(max_length=64)),
                ("day", models.DateField(default=alongside.core.clock.today)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("board", "kind", "day"), name="audit_once_a_day")],
            },
        ),
    ]
