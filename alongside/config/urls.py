"""Every address of the site."""

from django.conf import settings
from django.urls import include, path

from alongside.access.accounts import account_urls

handler400 = "alongside.core.middleware.bad_request"

urlpatterns = [
    path("", include("alongside.information.urls")),
    path("", include("alongside.access.urls")),
    path("accounts/", include(account_urls)),
    path("", include("alongside.todo.urls")),
    path("", include("alongside.moderation.urls")),
    path("", include("alongside.rights.urls")),
    path("", include("alongside.care.urls")),
    path("", include("alongside.voice.urls")),
    path("", include("alongside.measures.urls")),
    path("reports/", include("alongside.reporting.urls")),
    *([path("demo/", include("alongside.demo.urls"))] if settings.DEMO else []),
]
