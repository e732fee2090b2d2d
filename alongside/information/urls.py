"""The addresses of the public pages, and of the pages on which they are written."""

from django.urls import include, path

from alongside.information.views import helplines, offers, organisation, public

written = [
    path("", organisation.organisation, name="organisation"),
    path("about", organisation.about, name="about"),
    path("support/add", offers.add, name="offer_add"),
    path("support/<key:offer>", offers.change, name="offer_change"),
    path("support/<key:offer>/away", offers.away, name="offer_away"),
    path("support/<key:offer>/move", offers.move, name="offer_move"),
    path("helplines/add", helplines.add, name="line_add"),
    path("helplines/<key:line>", helplines.change, name="line_change"),
    path("helplines/<key:line>/check", helplines.check, name="line_check"),
    path("helplines/<key:line>/hide", helplines.hide, name="line_hide"),
    path("helplines/<key:line>/move", helplines.move, name="line_move"),
]

urlpatterns = [
    path("", public.front, name="front"),
    path("help", public.help_now, name="help"),
    path("leave", public.leave, name="leave"),
    path("organisation/", include((written, "information"))),
]
