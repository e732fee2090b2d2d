from django.urls import path

from alongside.demo import views

app_name = "demo"
urlpatterns = [path("sign-in/<str:link>", views.sign_in, name="sign-in")]
