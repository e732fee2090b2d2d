from django.apps import AppConfig


class TodoConfig(AppConfig):
    name = "alongside.todo"

    def ready(self) -> None:
        from alongside.core.sockets import sockets
        from alongside.todo.about_a_person import HOLDINGS

        sockets.holdings += HOLDINGS
