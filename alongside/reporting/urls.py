"""The addresses of grants and reports."""

from django.urls import path

from alongside.reporting import views

app_name = "reporting"

urlpatterns = [
    path("", views.grants, name="grants"),
    path("answers", views.answers, name="answers"),
    path("answers/measures", views.measured, name="measured"),
    path("grants/add", views.add_grant, name="add_grant"),
    path("grants/<key:key>/make", views.make, name="make"),
    path("grants/<key:key>/readers", views.readers, name="readers"),
    path("<key:key>", views.report, name="report"),
    path("<key:key>/report.pdf", views.pdf, name="pdf"),
    path("<key:key>/tables.zip", views.tables, name="tables"),
]
