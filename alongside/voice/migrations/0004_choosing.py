import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("voice", "0003_pairs_that_merge"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="total",
            options={"ordering": ("-votes", "theme__place", "key_issue__place")},
        ),
        migrations.AddField(
            model_name="keyissue",
            name="held",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="phase",
            name="box",
            field=models.CharField(blank=True, default="", editable=False, max_length=32),
        ),
        migrations.AddField(
            model_name="phase",
            name="gathered_by_all",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="phase",
            name="rounds",
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="total",
            name="key_issue",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="totals",
                to="voice.keyissue",
            ),
        ),
        migrations.AddField(
            model_name="workshop",
            name="said_is_public",
            field=models.BooleanField(default=False),
        ),
        migrations.AlterField(
            model_name="total",
            name="theme",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="totals",
                to="voice.theme",
            ),
        ),
        migrations.AddConstraint(
            model_name="total",
            constraint=models.UniqueConstraint(fields=("phase", "key_issue"), name="voice_one_total_of_a_key_issue"),
        ),
        migrations.AddConstraint(
            model_name="total",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("key_issue__isnull", False), ("theme", None)),
                    models.Q(("key_issue", None), ("theme__isnull", False)),
                    _connector="OR",
                ),
                name="voice_a_total_of_one_thing",
            ),
        ),
    ]
