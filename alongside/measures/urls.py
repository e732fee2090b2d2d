from django.urls import path

from alongside.measures.views import answering, opening, responses

app_name = "measures"
urlpatterns = [
    path("clients/<key:client>/forms/new", opening.open_form, name="open"),
    path("forms/<key:key>/", opening.start, name="start"),
    path("forms/<key:key>/hand-over", opening.hand_over, name="hand-over"),
    path("forms/<key:key>/give-back", opening.give_back, name="give-back"),
    path("forms/<key:key>/<int:number>/", answering.question, name="question"),
    path("forms/<key:key>/check", answering.check, name="check"),
    path("forms/<key:key>/send", answering.send, name="send"),
    path("forms/<key:key>/thanks", answering.thanks, name="thanks"),
    path("forms/<key:key>/copy", answering.copy, name="copy"),
    path("forms/<key:key>/later", answering.later, name="later"),
    path("forms/<key:key>/delete", answering.delete, name="delete"),
    path("responses/<key:key>/", responses.response, name="response"),
    path("responses/<key:key>/<int:number>/correct", responses.correct, name="correct"),
]
