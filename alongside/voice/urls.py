from django.urls import include, path, register_converter
from django.urls.converters import StringConverter

from alongside.voice.views import (
    away,
    boards,
    document,
    issues,
    joining,
    leading,
    loading,
    moderating,
    planning,
    running,
    themes,
    votes,
    workshops,
)


class Code(StringConverter):
    """The short code of a workshop."""

    regex = "[a-z0-9]{4}-[a-z0-9]{4}"


register_converter(Code, "code")

staff = [
    path("", workshops.every, name="workshops"),
    path("load", loading.load, name="load"),
    path("new", workshops.new, name="new"),
    path("<slug:slug>/", workshops.one, name="workshop"),
    path("<slug:slug>/plan", planning.plan, name="plan"),
    path("<slug:slug>/change", planning.change, name="change"),
    path("<slug:slug>/assessment", planning.assess, name="assess"),
    path("<slug:slug>/groups", planning.add_group, name="add-group"),
    path("<slug:slug>/open", workshops.open_it, name="open"),
    path("<slug:slug>/close", workshops.close, name="close"),
    path("<slug:slug>/remove", workshops.remove, name="remove"),
    path("<slug:slug>/lists", workshops.lists, name="lists"),
    path("<slug:slug>/join", workshops.join, name="join"),
    path("<slug:slug>/paper", workshops.paper, name="paper"),
    path("groups/<key:key>/sessions", planning.add_session, name="add-session"),
    path("sessions/<key:key>/", planning.session, name="session"),
    path("sessions/<key:key>/parts", planning.add_phase, name="add-phase"),
    path("parts/<key:key>/", planning.phase, name="phase"),
    path("parts/<key:key>/pairs", running.pairs, name="pairs"),
    path("parts/<key:key>/move-<slug:how>", planning.move, name="move"),
    path("parts/<key:key>/talk", themes.talk, name="talk"),
    path("parts/<key:key>/<slug:how>", running.step, name="step"),
    path("parts/<key:key>/end-and-begin/<key:to>", running.go_on, name="go-on"),
    path("boards/<key:key>/merge", running.merge, name="merge"),
    path("<slug:slug>/document", document.document, name="document"),
    path("<slug:slug>/document/issue", document.issue, name="issue"),
    path("<slug:slug>/document/<int:number>", document.version, name="version"),
    path("<slug:slug>/document/<int:number>.<slug:form>", document.file, name="document-file"),
    path("boards/<key:key>/", leading.board, name="board"),
    path("boards/<key:key>/reveal", leading.reveal, name="reveal"),
    path("boards/<key:key>/themes", themes.add, name="add-theme"),
    path("themes/<key:key>/", themes.theme, name="theme"),
    path("groups/<key:key>/issues", issues.issues, name="issues"),
    path("issues/<key:key>/", issues.key_issue, name="key-issue"),
    path("issues/<key:key>/recommend", issues.recommend, name="recommend"),
    path("issues/<key:key>/<slug:how>", issues.switch, name="switch"),
    path("recommendations/<key:key>/act", issues.act, name="act"),
    path("actions/<key:key>/", issues.action, name="action"),
    path("<slug:slug>/said", issues.said, name="said"),
    path("notes/<key:key>/away", away.take, name="take-away"),
    path("notes/<key:key>/move", themes.move, name="move-note"),
    path("notes/<key:key>/<slug:how>", moderating.put, name="put"),
    path("door/<key:key>", leading.door, name="door"),
]

participants = [
    path("", joining.code, name="code"),
    path("places", joining.places, name="places"),
    path("break", joining.pause, name="pause"),
    path("quiet", moderating.quiet, name="quiet"),
    path("leave", joining.leave, name="leave"),
    path("left", joining.left, name="left"),
    path("boards/<key:key>/", boards.board, name="board"),
    path("boards/<key:key>/notes", boards.write, name="write"),
    path("notes/<key:key>/", boards.change, name="change"),
    path("notes/<key:key>/take-back", boards.take_back, name="take-back"),
    path("notes/<key:key>/move", themes.move_from_seat, name="move"),
    path("boards/<key:key>/themes", themes.add_from_seat, name="add-theme"),
    path("boards/<key:key>/votes", votes.vote, name="vote"),
    path("boards/<key:key>/issues", issues.propose, name="propose"),
    path("did/<slug:slug>/", issues.did, name="did"),
    path("door/<key:key>", boards.door, name="door"),
    path("<code:code>/", joining.welcome, name="welcome"),
    path("<code:code>/stay-in-touch", joining.stay_in_touch, name="stay-in-touch"),
]

urlpatterns = [
    path("workshops/", include((staff, "voice"))),
    path("w/", include((participants, "w"))),
]
