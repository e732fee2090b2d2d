from django.urls import path

from alongside.access import views

urlpatterns = [path("home", views.home, name="home"), path("stay", views.stay, name="stay")]
