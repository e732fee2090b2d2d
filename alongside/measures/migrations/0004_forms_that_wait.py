import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("measures", "0003_forms_on_paper")]

    operations = [
        migrations.AddField(model_name="paperform", name="is_another", field=models.BooleanField(default=False)),
        migrations.AddField(model_name="paperform", name="is_short", field=models.BooleanField(default=False)),
        migrations.AddField(
            model_name="paperform",
            name="may_be",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="measures.questionnaire",
            ),
        ),
    ]
