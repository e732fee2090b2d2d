"""What was asked of us and is over: decided requests, answered complaints, and breaches."""

from dataclasses import dataclass
from datetime import date

from alongside.access.models import User
from alongside.rights.queries import logs, requests


@dataclass(frozen=True, kw_only=True)
class Closed:
    """One of them: when it was over, what it was, its page, and whom it was about, where it was one person."""

    on: date
    what: str
    page: str
    key: str
    person: str = ""


def closed(user: User) -> list[Closed]:
    """All of them that this person answers for, the latest first; nothing that anybody wrote is read."""
    decided = requests.visible_to(user).exclude(decision="").only("key", "kind", "decision", "decided_on", "person_key")
    answered = logs.complaints().exclude(answered_on=None).values_list("answered_on", "pk")
    over = logs.breaches().exclude(closed_on=None).values_list("closed_on", "pk")
    every = [
        *(
            Closed(
                on=one.decided_on, what=f"{one.get_kind_display()}: {one.get_decision_display().lower()}",
                page="rights:request", key=one.pk, person=one.person_key,
            )
            for one in decided if one.decided_on
        ),
        *(Closed(on=on, what="A complaint", page="rights:complaint", key=key) for on, key in answered if on),
        *(Closed(on=on, what="A breach", page="rights:breach", key=key) for on, key in over if on),
    ]  # fmt: skip
    return sorted(every, key=lambda one: (one.on, one.key), reverse=True)
