from django.urls import include, path

from alongside.access.views import beginning, people, session

people_patterns = [
    path("people", people.people, name="people"),
    path("people/add", people.add, name="add"),
    path("people/teams/add", people.add_team, name="add_team"),
    path("people/<str:key>", people.change, name="change"),
    path("people/<str:key>/link", people.link, name="link"),
    path("people/<str:key>/link/new", people.new_link, name="new_link"),
    path("people/<str:key>/end", people.end, name="end"),
    path("people/<str:key>/restore", people.restore, name="restore"),
    path("begin/<str:key>/<str:token>", beginning.begin, name="begin"),
]

urlpatterns = [
    path("home", session.home, name="home"),
    path("stay", session.stay, name="stay"),
    path("", include((people_patterns, "access"))),
]
