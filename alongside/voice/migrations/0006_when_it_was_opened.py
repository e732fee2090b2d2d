from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("voice", "0005_decided_by_a_clause")]

    operations = [
        migrations.AddField(
            model_name="phase",
            name="opened_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
    ]
