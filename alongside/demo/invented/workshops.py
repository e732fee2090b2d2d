"""What people wrote at two workshops of Wren Street: made up, like the people."""

from datetime import timedelta

A_YEAR = timedelta(days=365)
SUPPORTER = "Ruth, who wears a blue scarf"
ASSESSED = (
    "People may be tired or stirred up afterwards. We say so at the start and keep parts short. Ruth is there all the "
    "time, with tea next door. Nobody is asked what happened to them. Two of us read every note before it is printed."
)
# a workshop that is over
OVER = "The weeks before the first appointment"
OVER_FOR = "So that we plan next year’s waiting time with those who have waited."
PAIRS = (
    (
        "Somebody rang me to say they had my letter",
        "I did not know if I was still on the list",
        "A date, even far away",
    ),
    ("The same questions three times", "A leaflet with real opening hours", "I kept the letter in my coat"),
    ("A text each week would do", "Nobody asks how the wait is", "Meet the building before the person"),
)
HEARING, ARRIVING = "Hearing something", "Getting to know the place"
GATHERED = {
    HEARING: ("Somebody rang me to say they had my letter", "I did not know if I was still on the list",
              "A date, even far away", "A text each week would do"),
    ARRIVING: ("A leaflet with real opening hours", "Meet the building before the person"),
}  # fmt: skip
CHOSEN = ((HEARING, ARRIVING), (HEARING,), (HEARING, ARRIVING), (HEARING,), (ARRIVING,), (HEARING, ARRIVING))
TALKED = {
    HEARING: ("Every second Friday, even if nothing is new", "From a name we will meet later"),
    ARRIVING: ("An open hour on Mondays, kettle on", "A photograph of the door on the letter"),
}
CLOSED = ("It helped to hear that others kept the letter too", "Please tell us what becomes of it")
BACK = ("I have looked at our door since: the bell is too high", "I wonder who writes on Fridays")
ISSUE = {
    "title": "Nobody should have to ask whether they are still on the list",
    "tension": "People want to hear from us often; those who write also see people all week.",
    "questions": ["How often is often enough?", "What can be said when nothing is new?"],
    "principles": "Say it before they ask. Sign with a name.",
}
OTHER_ISSUE = {
    "title": "A first visit without an appointment",
    "tension": "An open hour is easy to come to, and hard to staff.",
    "questions": ["What would make one hour a week possible?"],
    "principles": "",
}
TOGETHER = ("Begin in March with one team, and count who rings less", "Let people choose text, letter or call")
FAREWELL = ("Thank you for the long break", "See you at the open hour")
RECOMMENDED = "Write to everybody who waits, every second Friday."
DONE = (("A short text for each Friday, agreed with two people who have waited", 40),)

# a workshop that is going on
OPEN = "How we answer the phone"
OPEN_FOR = "So that our phone hours and our first words on the phone are decided with you."
RINGING = (
    ("Let it ring longer than five times", "I hang up when a machine answers"),
    ("Say your first name", "Ask if it is a good moment"),
    ("Evenings, when the house is quiet", "A number that is not a mobile"),
)
FIRST_WORDS, WHEN = "The first words", "When somebody is there"
RINGING_GATHERED = {
    FIRST_WORDS: ("Say your first name", "Ask if it is a good moment"),
    WHEN: ("Evenings, when the house is quiet",),
}
