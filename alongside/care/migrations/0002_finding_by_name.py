"""Clients are found by a blind index of their names."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import alongside.core.blind
from alongside.care import names


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    clients = apps.get_model("care", "Client").objects.using(schema_editor.connection.alias)
    index = clients.model._meta.get_field("found_by")
    for client in clients.only("name", "known_as").iterator(500):
        written = index.written(names.words(f"{client.name} {client.known_as}"))
        clients.filter(pk=client.pk).update(found_by=written)


class Migration(migrations.Migration):
    dependencies = [
        ("care", "0001_clients_and_support"),
        ("core", "0002_values_bound_to_their_rows"),
    ]

    operations = [
        migrations.AddField("client", "found_by", alongside.core.blind.BlindIndex(of="words_of_names")),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
