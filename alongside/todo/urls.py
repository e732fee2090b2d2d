from django.urls import path

from alongside.todo import views

app_name = "todo"
urlpatterns = [
    path("todo/<key:key>/finish", views.finish, name="finish"),
    path("todo/<key:key>/reopen", views.reopen, name="reopen"),
]
