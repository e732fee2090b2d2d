from django.urls import include, path

from alongside.measures.views import (
    answering,
    library,
    opening,
    preview,
    responses,
    scheduling,
    travelling,
    trends,
    typing_in,
)
from alongside.measures.views.paper import arriving, looking, printing, waiting

app_name = "measures"
library_patterns = [
    path("", library.every, name="library"),
    path("add", library.add_own, name="add-own"),
    path("<slug:instrument>/", library.one, name="measure"),
    path("<slug:instrument>/file", library.file, name="file"),
    path("<slug:instrument>/preview", preview.start, name="preview"),
    path("<slug:instrument>/preview/<int:number>", preview.question, name="preview-question"),
    path("<slug:instrument>/on", library.switch_on, name="switch-on"),
    path("<slug:instrument>/off", library.switch_off, name="switch-off"),
    path("<slug:instrument>/versions/<key:row>/retire", library.retire, name="retire"),
    path("<slug:instrument>/versions/<key:row>/bring-back", library.bring_back, name="bring-back"),
    path("<slug:instrument>/licence", library.record_licence, name="licence"),
    path("<slug:instrument>/licence/<key:licence>/end", library.end_licence, name="end-licence"),
    path("<slug:instrument>/wording", library.add_wording, name="wording"),
    path("<slug:instrument>/bring-in", travelling.bring_in, name="bring-in"),
]

paper_patterns = [
    path("", arriving.papers, name="paper"),
    path("camera", arriving.camera, name="paper-camera"),
    path("print", printing.without_names, name="print-unnamed"),
    path("look", looking.look, name="paper-look"),
    path("looked", looking.looked, name="paper-looked"),
    path("how-well", looking.how_well, name="paper-how-well"),
    path("files/<key:key>/", arriving.file, name="paper-file"),
    path("pages/<key:key>/", arriving.page, name="paper-page"),
    path("pages/<key:key>/picture", arriving.picture, name="paper-picture"),
    path("forms/<key:key>/rest", waiting.rest, name="paper-rest"),
    path("marks/<key:key>/", looking.mark, name="paper-mark"),
    path("marks/<key:key>/strip", looking.strip, name="paper-strip"),
]

urlpatterns = [
    path("measures/paper/", include(paper_patterns)),
    path("measures/", include(library_patterns)),
    path("clients/<key:client>/forms/new", opening.open_form, name="open"),
    path("clients/<key:client>/forms/new/<slug:measure>", opening.open_form, name="open-measure"),
    path("clients/<key:client>/forms/print", printing.for_client, name="print"),
    path("clients/<key:client>/measures", trends.over_time, name="over-time"),
    path("clients/<key:client>/measures/out", travelling.take_out, name="take-out"),
    path("clients/<key:client>/forms/asked", scheduling.ask_for, name="ask-for"),
    path("schedules/<key:key>/stop", scheduling.stop, name="stop-asking"),
    path("forms/<key:key>/", opening.start, name="start"),
    path("forms/<key:key>/hand-over", opening.hand_over, name="hand-over"),
    path("forms/<key:key>/give-back", opening.give_back, name="give-back"),
    path("forms/<key:key>/type-in", typing_in.type_in, name="type-in"),
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
