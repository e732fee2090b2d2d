import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0001_guideline"),
        ("voice", "0004_choosing"),
    ]

    operations = [
        migrations.AddField(
            model_name="note",
            name="decision",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="moderation.decision",
            ),
        ),
        migrations.AddField(
            model_name="note",
            name="offered",
            field=models.BooleanField(default=False),
        ),
    ]
