"""The organisation and its helplines: for every page, remembered in this process for a minute; for the people who
write them, as they are now.
"""

from typing import cast

from django.core.cache import caches
from django.db.models import QuerySet

from alongside.information.models import AboutUs, Helpline, Nation, Offer

ABOUT, LINES = "about-us", "help-lines"


def about_us() -> AboutUs:
    """The organisation; before it has said anything, one that says nothing."""
    return cast(AboutUs, caches["here"].get_or_set(ABOUT, about_us_now))


def about_us_now() -> AboutUs:
    """The same, as it was last written."""
    return AboutUs.objects.first() or AboutUs(name="Alongside")


def help_lines(nation: str = "") -> list[Helpline]:
    """Where to turn now, in this nation or the organisation's own. Empty when none is live: pages then show the
    numbers that work everywhere.
    """
    live = cast(list[Helpline], caches["here"].get_or_set(LINES, lambda: list(Helpline.objects.filter(live=True))))
    here = nation if nation in Nation.values else about_us().nation
    return [line for line in live if line.nation in {"", here}]


def all_helplines() -> QuerySet[Helpline]:
    """Every helpline in its order, those that nobody sees too. What anybody may know, so any worker may see it."""
    return Helpline.objects.order_by("place", "made_at")


def offers() -> QuerySet[Offer]:
    """Ways to get support, in their order."""
    return Offer.objects.order_by("place", "made_at")
