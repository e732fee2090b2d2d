"""What this room holds of people: for copies and erasure; and why it holds what leads to nobody."""

from alongside.core.sockets import Holding

HOLDINGS = (
    Holding(
        model="measures.Questionnaire",
        title="Forms we asked you to fill in",
        purpose="evaluation",
        place=20,
        path="client",
    ),
    Holding(
        model="measures.Response",
        title="Your answers",
        purpose="evaluation",
        place=20,
        path="questionnaire__client",
    ),
    Holding(
        model="measures.Words",
        title="Your answers in words",
        purpose="evaluation",
        place=20,
        path="response__questionnaire__client",
        names_others=("words",),
    ),
    Holding(
        model="measures.Schedule",
        title="Forms we ask for again",
        purpose="evaluation",
        place=20,
        path="client",
    ),
    Holding(
        model="measures.Correction",
        title="Answers put right",
        purpose="evaluation",
        place=20,
        path="response__questionnaire__client",
        names_others=("why", "was_words", "became_words"),
    ),
    Holding(
        model="measures.PaperForm",
        title="Forms we printed for you",
        purpose="evaluation",
        place=20,
        path="client",
    ),
    Holding(
        model="measures.Page",
        title="Pictures of forms that you filled in",
        purpose="evaluation",
        place=21,
        path="form__client",
        names_others=("picture",),
    ),
    Holding(
        model="measures.Mark",
        title="What was read on those pictures",
        purpose="evaluation",
        place=22,
        path="page__form__client",
        names_others=("strip",),
    ),
    Holding(
        model="measures.Look",
        title="Who looked at what was read",
        purpose="evaluation",
        place=23,
        path="mark__page__form__client",
    ),
)
PURPOSES = {"measures.Batch": "evaluation", "measures.Part": "evaluation", "measures.UnnamedResponse": "evaluation"}
