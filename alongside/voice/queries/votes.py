"""What can be chosen in a vote, and what came of it."""

from alongside.voice.models import KeyIssue, Phase, Seat, Theme, Total
from alongside.voice.votes import boxes


def options(phase: Phase) -> list[Theme] | list[KeyIssue]:
    """The themes of the group, or its key issues; those without a note or a vote stay."""
    if phase.kind == Phase.Kind.SELECT:
        return list(KeyIssue.objects.filter(group__sessions__phases=phase, held=False))
    return list(Theme.objects.filter(group__sessions__phases=phase, merged_into=None))


def became(phase: Phase) -> dict[str, str]:
    """The theme that each merged theme of the group is part of now."""
    merged = Theme.objects.filter(group__sessions__phases=phase, merged_into__isnull=False)
    into = {key: other for key, other in merged.values_list("pk", "merged_into") if other}
    return {key: _end_of(key, into) for key in into}


def chosen(phase: Phase, seat: Seat) -> set[str]:
    """What this seat has chosen so far, while the vote is open."""
    if not phase.open or not phase.box:
        return set()
    mine = boxes.box(phase.box).read().get(boxes.ballot(phase.box, seat.pk), [])
    into = became(phase)
    return {into.get(one, one) for one in mine}


def voters(phase: Phase) -> int:
    """How many people have chosen."""
    if phase.open and phase.box:
        return boxes.box(phase.box).count()
    return phase.voters or 0


def totals(phase: Phase) -> dict[str, int]:
    """How many votes each had, once the vote is closed; nothing before."""
    counted = Total.objects.filter(phase=phase) if not phase.open else Total.objects.none()
    return {total.theme_id or total.key_issue_id or "": total.votes for total in counted}


def winners(phase: Phase) -> list[Theme]:
    """The themes with most votes in the last vote before this part: as many as each could choose, and those alike."""
    before = Phase.objects.filter(session__group=phase.session.group_id, kind=Phase.Kind.VOTE, state=Phase.State.CLOSED)
    last = before.order_by("-session__number", "-place").first()
    if last is None:
        return []
    found = Total.objects.filter(phase=last, theme__isnull=False, votes__gt=0).select_related("theme")
    counted = sorted(found, key=lambda total: (-total.votes, total.theme.place if total.theme else 0))
    least = counted[: last.budget][-1].votes if counted else 0
    return [total.theme for total in counted if total.theme and total.votes >= least]


def _end_of(key: str, into: dict[str, str]) -> str:
    seen = set[str]()
    while key in into and key not in seen:
        seen.add(key)
        key = into[key]
    return key
