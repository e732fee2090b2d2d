"""The addresses of the pages about rights."""

from django.urls import include, path

from alongside.rights.views import consents, home, keeping, logs, requests

patterns = [
    path("rights", home.home, name="home"),
    path("rights/over", home.closed, name="closed"),
    path("rights/register", home.register, name="register"),
    path("rights/purposes/<key:key>", home.purpose, name="purpose"),
    path("rights/times/<key:key>", home.time, name="time"),
    path("rights/wordings/<slug:about>", home.wording, name="wording"),
    path("rights/requests/new", requests.new, name="new"),
    path("rights/requests/<key:key>", requests.request_page, name="request"),
    path("rights/requests/<key:key>/everything", requests.items, name="items"),
    path(
        "rights/requests/<key:key>/everything/<slug:kind>/<key:record>/<slug:field>",
        requests.leave_out,
        name="leave_out",
    ),
    path("rights/requests/<key:key>/release", requests.release, name="release"),
    path("rights/requests/<key:key>/refuse", requests.refuse, name="refuse"),
    path("rights/requests/<key:key>/copy", requests.copy, name="copy"),
    path("rights/requests/<key:key>/<slug:step>", requests.step, name="step"),
    path("rights/keeping", keeping.review, name="review"),
    path("rights/certificates/<key:key>", keeping.certificate, name="certificate"),
    path("rights/complaints/<key:key>", logs.complaint, name="complaint"),
    path("rights/breaches/new", logs.note_breach, name="note_breach"),
    path("rights/breaches/<key:key>", logs.breach, name="breach"),
    path("clients/<key:key>/agreed", consents.consents, name="consents"),
    path("clients/<key:key>/agreed/<slug:about>", consents.consent, name="consent"),
    path("clients/<key:key>/understands", consents.competence, name="competence"),
    path("clients/<key:key>/keeping", keeping.keep, name="keep"),
    path("clients/<key:key>/keeping/hold", keeping.hold, name="hold"),
    path("clients/<key:key>/keeping/holds/<key:hold>/lift", keeping.lift, name="lift"),
    path("clients/<key:key>/erase", keeping.erase, name="erase"),
    path("complain", logs.complain, name="complain"),
    path("complain/thanks", logs.complained, name="complained"),
]

urlpatterns = [path("", include((patterns, "rights")))]
