"""Today: who is coming, what is asked of this person, and the people they work with."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from alongside.access import emergencies
from alongside.access.doors import needs
from alongside.access.permissions import Permission
from alongside.audit import actions as audit
from alongside.care.presenters import day, when
from alongside.care.presenters.panels import cards, columns
from alongside.care.queries.days import today_of
from alongside.care.queries.people import working_with
from alongside.care.queries.record import first_goals
from alongside.care.views.opening import me
from alongside.todo.presenters import asked
from alongside.todo.queries import done_today, please


@needs(Permission.SEE_CLIENTS)
@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """Ordered by time and by name, and by nothing else."""
    user = me(request)
    contacts = list(today_of(user))
    episodes = list(working_with(user))
    goals = first_goals([one.client_id for one in episodes])
    people = day.people(episodes, goals)
    keys = list({one.episode.client_id for one in contacts} | {one.client.pk for one in people})
    audit.record(by=user.pk, did="today.viewed", subject=f"user:{user.pk}")
    context = {
        "heading": day.heading(),
        "summary": day.summary(contacts),
        "meetings": [day.meeting(one) for one in contacts],
        "emergencies": emergencies.to_review(user),
        "asked": [asked(task, user=user) for task in please(user)],
        "done": done_today(user),
        "people": people,
        "columns": columns(user, keys),
        "cards": cards(request, user),
        "when": when,
    }
    return render(request, "care/today.jinja", context)
