"""An invented service to try everything on: its forms, its clients and a survey. Nobody in it is real."""

from pathlib import Path

FORMS = Path(__file__).with_name("forms.csv")
CLIENTS = Path(__file__).with_name("clients.csv")
SURVEY = Path(__file__).with_name("survey.csv")
