from django.apps import AppConfig
from django.core import checks


class InformationConfig(AppConfig):
    name = "alongside.information"

    def ready(self) -> None:
        from alongside.information.checks import helplines

        checks.register(helplines, "doctor", deploy=True)
