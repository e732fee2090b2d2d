from django.urls import include, path

from alongside.access.views import beginning, manage, people, record, session

people_patterns = [
    path("manage", manage.manage, name="manage"),
    path("people", people.people, name="people"),
    path("people/add", people.add, name="add"),
    path("people/teams/add", people.add_team, name="add_team"),
    path("people/<key:key>", people.change, name="change"),
    path("people/<key:key>/link", people.link, name="link"),
    path("people/<key:key>/link/new", people.new_link, name="new_link"),
    path("people/<key:key>/end", people.end, name="end"),
    path("people/<key:key>/restore", people.restore, name="restore"),
    path("begin/<key:key>/<str:token>", beginning.begin, name="begin"),
    path("record", record.record, name="record"),
    path("record/emergencies/<key:key>", record.emergency, name="emergency"),
    path("roles", record.roles, name="roles"),
]

urlpatterns = [
    path("home", session.home, name="home"),
    path("stay", session.stay, name="stay"),
    path("", include((people_patterns, "access"))),
]
