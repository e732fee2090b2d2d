"""The organisation and its helplines, remembered in this process for a minute."""

from typing import cast

from django.core.cache import caches

from alongside.information.models import AboutUs, Helpline, Nation, Offer

ABOUT, LINES = "about-us", "help-lines"


def about_us() -> AboutUs:
    """The organisation; before it has said anything, one that says nothing."""
    found = caches["here"].get_or_set(ABOUT, lambda: AboutUs.objects.first() or AboutUs(name="Alongside"))
    return cast(AboutUs, found)


def help_lines(nation: str = "") -> list[Helpline]:
    """Where to turn now, in this nation or the organisation's own. Empty when none is live: pages then show the
    numbers that work everywhere.
    """
    live = cast(list[Helpline], caches["here"].get_or_set(LINES, lambda: list(Helpline.objects.filter(live=True))))
    here = nation if nation in Nation.values else about_us().nation
    return [line for line in live if line.nation in {"", here}]


def offers() -> list[Offer]:
    """Ways to get support."""
    return list(Offer.objects.all())
