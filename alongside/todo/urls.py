from django.urls import path

from alongside.todo import views

app_name = "todo"
urlpatterns = [
    path("todo/<str:key>/finish", views.finish, name="finish"),
    path("todo/<str:key>/reopen", views.reopen, name="reopen"),
]
