"""Reports keep whom they count, so that a new one can be compared with those that readers have seen.

For a report made before, they are worked out from today's records. Somebody whose support was entered since with an
earlier first day is taken to have been in it.
"""

import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Q

import alongside.core.encryption


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    using = schema_editor.connection.alias
    reports = apps.get_model("reporting", "Report").objects.using(using)
    episodes = apps.get_model("care", "Episode").objects.using(using)
    for report in reports.select_related("grant").only("grant", "starts_on", "counts_to"):
        paid = episodes.filter(funder=report.grant.funder_id, started_on__lte=report.counts_to)
        within = paid.filter(Q(ended_on=None) | Q(ended_on__gte=report.starts_on))
        services = list(report.grant.services.values_list("pk", flat=True))
        counted = within.filter(service__in=services) if services else within
        report.clients = sorted(set(counted.values_list("client", flat=True)))
        report.save(using=using, update_fields=["clients"])


class Migration(migrations.Migration):
    dependencies = [
        ("reporting", "0002_the_day_a_report_counts_to"),
    ]

    operations = [
        migrations.AddField("report", "clients", alongside.core.encryption.EncryptedList(blank=True, default=list)),
        migrations.AddField(
            "report",
            "too_near",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="reporting.report",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
