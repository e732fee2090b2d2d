"""Reports say up to which day they count: the last of their time, or the day they were made where it was not over."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    reports = apps.get_model("reporting", "Report").objects.using(schema_editor.connection.alias)
    for key, ends_on, made_at in reports.values_list("pk", "ends_on", "made_at"):
        reports.filter(pk=key).update(counts_to=min(ends_on, timezone.localtime(made_at).date()))


class Migration(migrations.Migration):
    dependencies = [
        ("reporting", "0001_grants_and_reports"),
    ]

    operations = [
        migrations.AddField("report", "counts_to", models.DateField(null=True)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField("report", "counts_to", models.DateField()),
    ]
