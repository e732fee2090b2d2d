"""Whom the demo signs in."""

from alongside.access.models import User
from alongside.demo.invented import organisation as wren
from alongside.demo.links import Link, NotALink, Over
from alongside.demo.models import Prepared, UsedLink


def one_of_each_role() -> list[User]:
    """A practitioner, a lead, a funder's reader, an evaluator and an administrator."""
    found = {user.name: user for user in User.objects.filter(name__in=wren.SIGN_IN)}
    return [found[name] for name in wren.SIGN_IN]


def whose(link: Link) -> User:
    """The person a link signs in.

    Raises
    ------
    Over : it was used already
    NotALink : there is no such person any more
    """
    if UsedLink.objects.filter(link=link.once).exists():
        raise Over
    user = User.objects.filter(pk=link.user, is_active=True).first()
    if user is None:
        raise NotALink
    return user


def prepared() -> Prepared | None:
    """What the invented data was made from, and on which day; None when it is not all there."""
    return Prepared.objects.first()
