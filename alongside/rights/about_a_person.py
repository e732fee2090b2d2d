"""What this room itself holds of people; and why it holds anything of those who complain, and of breaches."""

from alongside.core.sockets import Holding

HOLDINGS = (
    Holding(model="rights.Consent", title="What you agreed to", purpose="duties", place=40, path="person_key"),
    Holding(
        model="rights.CompetenceNote",
        title="Your own say when you were under 16",
        purpose="duties",
        place=40,
        path="person_key",
        names_others=("why", "own_words"),
    ),
    Holding(model="rights.Request", title="What you asked of us", purpose="duties", place=40, path="person_key"),
    Holding(
        model="rights.Pause", title="When we waited for you", purpose="duties", place=40, path="request__person_key"
    ),
    Holding(
        model="rights.Opinion",
        title="What a professional said about giving it",
        purpose="duties",
        place=40,
        path="request__person_key",
        names_others=("who", "role"),
    ),
    Holding(
        model="rights.LeftOut",
        title="What was left out of a copy",
        purpose="duties",
        place=40,
        path="request__person_key",
        names_others=("reason",),
    ),
    Holding(
        model="rights.Kept", title="What keeping your record goes by", purpose="duties", place=40, path="person_key"
    ),
    Holding(
        model="rights.Hold",
        title="Why your record is held longer",
        purpose="duties",
        place=40,
        path="person_key",
        names_others=("why",),
    ),
)
PURPOSES = {"rights.Complaint": "duties", "rights.Breach": "duties"}
