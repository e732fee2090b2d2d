"""What this room holds of people: for copies and erasure."""

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
)
