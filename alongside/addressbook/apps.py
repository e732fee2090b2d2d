from django.apps import AppConfig


class AddressbookConfig(AppConfig):
    name = "alongside.addressbook"
