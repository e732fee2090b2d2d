from django.urls import path

from alongside.measures.views import answering, opening, responses

app_name = "measures"
urlpatterns = [
    path("clients/<str:client>/forms/new", opening.open_form, name="open"),
    path("forms/<str:key>/", opening.start, name="start"),
    path("forms/<str:key>/hand-over", opening.hand_over, name="hand-over"),
    path("forms/<str:key>/give-back", opening.give_back, name="give-back"),
    path("forms/<str:key>/<int:number>/", answering.question, name="question"),
    path("forms/<str:key>/check", answering.check, name="check"),
    path("forms/<str:key>/send", answering.send, name="send"),
    path("forms/<str:key>/thanks", answering.thanks, name="thanks"),
    path("forms/<str:key>/copy", answering.copy, name="copy"),
    path("forms/<str:key>/later", answering.later, name="later"),
    path("forms/<str:key>/delete", answering.delete, name="delete"),
    path("responses/<str:key>/", responses.response, name="response"),
    path("responses/<str:key>/<int:number>/correct", responses.correct, name="correct"),
]
