"""The addresses of grants and reports."""

from django.urls import path

from alongside.reporting import views

app_name = "reporting"

urlpatterns = [
    path("", views.grants, name="grants"),
    path("grants/add", views.add_grant, name="add_grant"),
    path("grants/<str:key>/make", views.make, name="make"),
    path("<str:key>", views.report, name="report"),
    path("<str:key>/report.pdf", views.pdf, name="pdf"),
    path("<str:key>/tables.zip", views.tables, name="tables"),
]
