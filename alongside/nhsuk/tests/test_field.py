import datetime
import re

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.template import engines
from django.utils.translation import gettext_lazy

from alongside.nhsuk.fields import SplitDateField

TEMPLATE = '{% from "nhsuk_forms/field.jinja" import error_summary, field, fields %}'


class Kinds(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Name"),
        help_text=gettext_lazy("What you like to be called"),
        widget=forms.TextInput({"autocomplete": "name", "autofocus": False}),
        error_messages={"required": "Enter a name"},
    )
    secret = forms.CharField(widget=forms.PasswordInput, required=False)
    about = forms.CharField(widget=forms.Textarea({"rows": 3}), required=False)
    how = forms.ChoiceField(
        choices=[(1, "By text"), (2, "By letter")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how"},
    )
    ways = forms.MultipleChoiceField(
        choices=[("a", "A"), ("b", "B")], widget=forms.CheckboxSelectMultiple, required=False
    )
    place = forms.ChoiceField(choices=[("", "Choose"), (1, "Hall"), (2, "Room")], required=False)
    agreed = forms.BooleanField(label="I agree", required=False)
    on = SplitDateField(label="On what day")
    token = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean(self):
        if self.data.get("name") == "clash":
            raise ValidationError(gettext_lazy("These two do not go together"))


def shown(call, form):
    page = engines["jinja2"].from_string(TEMPLATE + "{{ " + call + " }}").render({"form": form})
    return re.sub(r"\s+", " ", page)


def test_a_lazy_label_and_a_lazy_hint_are_on_the_page_and_tied_to_the_input():
    page = shown('field(form["name"])', Kinds())
    assert re.search(r'<label [^>]*for="name" ?> Name </label>', page)
    assert re.search(r'id="name-hint" ?> What you like to be called', page)
    assert re.search(r'<input [^>]*id="name" name="name" type="text" aria-describedby="name-hint"', page)
    assert 'autocomplete="name"' in page
    assert "autofocus" not in page


def test_an_error_is_said_at_the_field_and_in_the_summary_whose_link_reaches_it():
    form = Kinds({"on_day": "31", "on_month": "2", "on_year": "2026"})
    page = shown('field(form["name"])', form)
    assert re.search(r'id="name-error" ?>.*Error: </span>Enter a name', page)
    assert 'aria-invalid="true"' in page
    summary = shown("error_summary(form)", form)
    assert re.findall(r'href="(#[\w-]+)" ?> ([^<]+) <', summary) == [
        ("#name", "Enter a name"),
        ("#how", "Choose how"),
        ("#on-day", "Enter a date that exists, such as 27 3 2026"),
    ]
    everything = shown("fields(form)", form)
    assert all(f'id="{name}"' in everything for name in ("name", "how", "on-day"))


def test_a_form_without_errors_has_no_summary():
    assert shown("error_summary(form)", Kinds()).strip() == ""


def test_an_error_of_the_whole_form_is_in_the_summary():
    form = Kinds({"name": "clash"})
    assert "These two do not go together" in shown("error_summary(form)", form)


def test_choices_are_compared_as_text_and_none_is_chosen_beforehand():
    assert " checked" not in shown('field(form["how"])', Kinds())
    chosen = shown('field(form["how"])', Kinds(initial={"how": 2}))
    assert re.findall(r'value="(\d)" checked', chosen) == ["2"]
    ways = shown('field(form["ways"])', Kinds({"ways": ["a", "b"]}))
    assert re.findall(r'value="(\w)" checked', ways) == ["a", "b"]
    place = shown('field(form["place"])', Kinds({"place": "2"}))
    assert re.findall(r'value="(\d)" selected', place) == ["2"]


def test_one_check_box_keeps_its_own_label():
    page = shown('field(form["agreed"])', Kinds({"agreed": "on"}))
    assert re.search(r'type="checkbox" value="on" checked', page)
    assert "I agree" in page
    assert "checked" not in shown('field(form["agreed"])', Kinds())


def test_what_was_typed_is_shown_again_but_never_a_password():
    form = Kinds({"name": '"Bo"', "secret": "once", "about": "<b>words</b>"})
    page = shown("fields(form)", form)
    assert 'value="&#34;Bo&#34;"' in page
    assert "&lt;b&gt;words&lt;/b&gt;</textarea>" in page
    assert "once" not in page
    assert 'rows="3"' in page
    assert "cols=" not in page


def test_hidden_fields_come_too():
    assert re.search(r'<input type="hidden" name="token"', shown("fields(form)", Kinds()))


def test_a_label_can_be_the_heading_of_the_page():
    assert "<h1" in shown('field(form["how"], size="l", page_heading=true)', Kinds())
    assert "nhsuk-input--width-4" in shown('field(form["name"], width="4")', Kinds())


@pytest.mark.parametrize("typed", [("31", "2", "2026"), ("1", "", "2026"), ("a", "b", "c"), ("1", "2", "26")])
def test_a_date_that_does_not_exist_is_answered_in_words_and_kept_in_its_boxes(typed):
    form = Kinds(dict(zip(("on_day", "on_month", "on_year"), typed, strict=True)))
    assert form.errors["on"] == ["Enter a date that exists, such as 27 3 2026"]
    page = shown('field(form["on"])', form)
    for part, value in zip(("day", "month", "year"), typed, strict=True):
        box = re.search(rf'<input [^>]*id="on-{part}" name="on_{part}"[^>]*>', page)[0]
        assert re.findall('value="(.*?)"', box) == ([value] if value else [])


def test_a_date_is_read_and_shown_again():
    form = Kinds({"on_day": " 27", "on_month": "3", "on_year": "2026"})
    assert form.fields["on"].clean(["27", "3", "2026"]) == datetime.date(2026, 3, 27)
    assert "on" not in form.errors
    page = shown('field(form["on"])', Kinds(initial={"on": datetime.date(2026, 3, 27)}))
    assert re.findall(r'name="on_\w+" type="text" value="(\d+)"', page) == ["27", "3", "2026"]


def test_an_empty_date_is_none_or_asked_for():
    assert SplitDateField(required=False).clean(["", " ", ""]) is None
    assert Kinds({}).errors["on"] == ["Enter a day, a month and a year"]
    assert not SplitDateField().has_changed(None, ["", "", ""])


@pytest.mark.parametrize(
    "parts",
    [["1", "1", "9" * 10], ["1", "1", "9" * 5000], ["1_0", "1", "2026"], ["+1", "1", "2026"], ["١", "1", "2026"]],
)
def test_what_no_one_writes_as_a_date_is_answered_in_words(parts):
    with pytest.raises(ValidationError, match="Enter a date that exists"):
        SplitDateField().clean(parts)
