from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("todo", "0002_reading_complaints")]

    operations = [
        migrations.AlterField(
            model_name="task",
            name="kind",
            field=models.CharField(
                choices=[
                    ("check in", "Check in with somebody"),
                    ("complaint", "Read a complaint about data"),
                    ("paper", "Look at a page of paper"),
                ],
                max_length=20,
            ),
        ),
    ]
