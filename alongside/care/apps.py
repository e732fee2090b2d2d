from django.apps import AppConfig


class CareConfig(AppConfig):
    name = "alongside.care"
