"""The Jinja environment of the site's pages."""

import hashlib
from functools import cache
from typing import Any

from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader

from alongside.core import words


@cache
def asset(path: str) -> str:
    """The address of a static file, changed whenever the file is, so that browsers fetch the new one."""
    found = finders.find(path)
    if found is None:
        raise FileNotFoundError(f"There is no static file {path}.")
    with open(found, "rb") as file:  # noqa: PTH123 - the finder gives a text path
        return f"{static(path)}?v={hashlib.file_digest(file, 'sha256').hexdigest()[:12]}"


def _url(name: str, *args: object, **kwargs: object) -> str:
    return reverse(name, args=args or None, kwargs=kwargs or None)


def environment(**options: Any) -> Environment:
    """The environment: our templates first, then the design system's components."""
    options["loader"] = ChoiceLoader([options["loader"], PackageLoader("nhsuk_frontend_jinja")])
    # the design system's macros read parameters that were never given
    options["undefined"] = ChainableUndefined
    made = Environment(**options, trim_blocks=True, lstrip_blocks=True)  # noqa: S701 - Django sets autoescape
    made.globals.update(static=asset, url=_url)
    made.filters.update(
        day=words.day, short_day=words.short_day, clock=words.clock, counted=words.counted, local=timezone.localtime
    )
    return made
