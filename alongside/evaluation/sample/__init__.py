"""An invented service to try everything on: its forms and its clients. Nobody in it is real."""

from pathlib import Path

FORMS = Path(__file__).with_name("forms.csv")
CLIENTS = Path(__file__).with_name("clients.csv")
