import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("voice", "0002_documents"),
    ]

    operations = [
        migrations.AddField(
            model_name="board",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="merged",
                to="voice.board",
            ),
        ),
        migrations.AddField(
            model_name="workshop",
            name="lists_until",
            field=models.DateField(blank=True, null=True),
        ),
    ]
