"""The addresses of the guideline: where it is written, and where everybody reads it."""

from django.urls import include, path

from alongside.moderation.views import guideline, public, writing

written = [
    path("", guideline.guideline, name="guideline"),
    path("versions/<int:number>", guideline.version, name="version"),
    path("decisions", guideline.log, name="log"),
    path("decisions.csv", guideline.log_file, name="log_file"),
    path("begin", writing.begin, name="begin"),
    path("<key:key>/top", writing.top, name="top"),
    path("<key:key>/add", writing.add, name="add"),
    path("<key:key>/publish", writing.publish, name="publish"),
    path("<key:key>/discard", writing.discard, name="discard"),
    path("clauses/<key:key>", writing.clause, name="clause"),
]

urlpatterns = [
    path("looking-after-words", public.looking_after, name="looking-after"),
    path("guideline/", include((written, "moderation"))),
]
