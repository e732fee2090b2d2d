from django.urls import path

from alongside.information import views

urlpatterns = [
    path("", views.front, name="front"),
    path("help", views.help_now, name="help"),
    path("leave", views.leave, name="leave"),
]
