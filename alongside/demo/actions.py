"""Using a sign-in link."""

from alongside.access.models import User
from alongside.audit import actions as audit
from alongside.demo import queries
from alongside.demo.links import Link, Over
from alongside.demo.models import UsedLink


@audit.recorded
def use(*, link: Link) -> User:
    """Use a link up, and say whom it signs in.

    Raises
    ------
    Over : it was used already, if only a moment ago
    NotALink : there is no such person any more
    """
    user = queries.whose(link)
    _row, first = UsedLink.objects.get_or_create(link=link.once)
    if not first:
        raise Over
    audit.record(by=user.pk, did="demo.signed-in", subject=f"user:{user.pk}")
    return user
