"""Every field of every model is on one list of its Privacy, and what identifies people is encrypted."""

import re

import pytest
from django.apps import apps
from django.db import models

from alongside.access.models import User
from alongside.core.encryption import EncryptedText

LISTS = ("identifying", "sensitive", "operational", "public")
OURS = [model for model in apps.get_models() if model.__module__.startswith("alongside.")]
NAMES_A_METHOD = re.compile(r"method|means|weapon|overdose", re.IGNORECASE)
RATES_A_PERSON = re.compile(r"risk|\brag\b|severity_band|priority", re.IGNORECASE)

# Staff sign in with a work email and are shown to colleagues by name; see docs/adr.
STAFF = {"access.user.email", "access.user.name"}


def listed(model: type[models.Model]) -> list[str]:
    return [name for kind in LISTS for name in getattr(model.Privacy, kind, ())]


def own_fields(model: type[models.Model]) -> list[models.Field]:
    return [*model._meta.local_fields, *model._meta.local_many_to_many]


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_every_field_is_on_exactly_one_list(model: type[models.Model]) -> None:
    inherited = {"key", "made_at"} & {field.name for field in own_fields(model)}
    names = listed(model)
    assert sorted({*names, *inherited}) == sorted(field.name for field in own_fields(model))
    assert len(names) == len(set(names))
    assert set(vars(model.Privacy)) - {"__module__", "__dict__", "__weakref__", "__doc__"} <= {
        *LISTS,
        "__firstlineno__",
        "__static_attributes__",
        "__qualname__",
    }


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_what_identifies_somebody_is_encrypted(model: type[models.Model]) -> None:
    for name in getattr(model.Privacy, "identifying", ()):
        field = model._meta.get_field(name)
        assert isinstance(field, EncryptedText) or f"{model._meta.label_lower}.{name}" in STAFF, name


# a report holds only treated numbers, worded; a measure's file, licence and wording tell of the measure
ABOUT_NOBODY = {
    "reporting.Report": ["page"], "measures.Measure": ["definition"], "measures.LicenceRecord": ["allows"],
    "measures.Wording": ["stem"],
}  # fmt: skip


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_no_free_text_lies_open_in_a_record_about_people(model: type[models.Model]) -> None:
    public = getattr(model.Privacy, "public", ())
    open_text = [
        field.name for field in own_fields(model) if type(field) is models.TextField and field.name not in public
    ]
    assert open_text == ABOUT_NOBODY.get(model._meta.label, [])


def test_no_field_or_choice_names_a_method_or_rates_a_person() -> None:
    words = []
    for model in OURS:
        for field in own_fields(model):
            choices = [str(word) for choice in field.flatchoices for word in choice]
            words += [f"{model._meta.label}.{word}" for word in (field.name, *choices)]
    assert [word for word in words if NAMES_A_METHOD.search(word) or RATES_A_PERSON.search(word)] == []


def test_keys_of_people_and_responses_are_random() -> None:
    keyed = [model for model in OURS if model._meta.label not in {"audit.Entry", "access.Session"}]
    for model in keyed:
        assert model._meta.pk.name == "key", model
        first, second = model._meta.pk.get_default(), model._meta.pk.get_default()
        assert re.fullmatch("[0-9a-f]{32}", first)
        assert first != second
    assert User in keyed
