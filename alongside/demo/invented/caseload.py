"""The people Amara Osei works with. They are in every picture of the demo, so they are written out one by one."""

from dataclasses import dataclass, field

from alongside.care.models import Client, Contact

BETTER, SAME, HARDER = "better", "same", "harder"


@dataclass(frozen=True, kw_only=True)
class Wish:
    """A goal, when it was added, and how near they said they were: (days ago, rating)."""

    words: str
    days_ago: int
    ratings: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Known:
    """One person on the caseload. `next_in` and `at` say when they meet next; None is whenever they like.

    `check_in` says that their last form asked for one, and that it waits to be done today.
    """

    name: str
    known_as: str = ""
    age: int | None = None
    gender: Client.Gender = Client.Gender.NOT_ASKED
    pronouns: str = ""
    service: str = "Counselling"
    weeks: int
    next_in: int | None = None
    at: tuple[int, int] = (10, 0)
    mode: Contact.Mode = Contact.Mode.IN_PERSON
    place: str = "Room 2"
    needs: tuple[str, ...] = ()
    wishes: tuple[Wish, ...] = ()
    events: tuple[tuple[int, str], ...] = field(default=())
    course: str = SAME
    returns: float = 0.85
    check_in: bool = False


G = Client.Gender
CASELOAD = (
    Known(
        name="Ali Rahmani", age=24, gender=G.MAN, weeks=9, next_in=1, at=(10, 0), course=BETTER,
        wishes=(Wish(words="Feel less on my own in the evenings", days_ago=60, ratings=((60, 2), (30, 3), (9, 5))),),
    ),
    Known(
        name="Beth Hollowell", age=19, gender=G.WOMAN, pronouns="she/her", service="Thursday group", weeks=14,
        next_in=3, at=(17, 0), place="Hall", needs=("Large print",),
        wishes=(Wish(words="Finish college, my way", days_ago=90, ratings=((90, 3), (20, 4))),),
    ),
    Known(
        name="Dev Pillai", age=33, gender=G.MAN, weeks=3, next_in=0, at=(10, 0), mode=Contact.Mode.VIDEO, place="",
        needs=("Captions on video",), wishes=(Wish(words="Sleep. Just sleep.", days_ago=20, ratings=((20, 1),)),),
    ),
    Known(
        name="Gwen Tolland", age=57, gender=G.WOMAN, weeks=17, next_in=2, at=(12, 0), needs=("Letters, no email",),
        wishes=(Wish(words="Look forward to something again", days_ago=110, ratings=((110, 1), (50, 3), (10, 4))),),
        course=BETTER, returns=0.7,
    ),
    Known(
        name="Ines Carvalho", age=36, gender=G.WOMAN, weeks=21, next_in=2, at=(15, 30),
        wishes=(Wish(words="Be the mum I want to be", days_ago=140, ratings=((140, 4), (70, 5), (14, 6))),),
    ),
    Known(name="", known_as="Kit", service="Young people’s drop-in", weeks=6),
    Known(
        name="Leah Stanmore", age=17, gender=G.WOMAN, service="Family support", weeks=2, next_in=0, at=(13, 0),
        place="Room 1", needs=("Polish interpreter",),
        wishes=(Wish(words="Talk to Mum without it turning into a row", days_ago=12),),
    ),
    Known(
        name="Marcus Obianwu", age=28, gender=G.MAN, service="Project worker", weeks=10, next_in=4, at=(11, 0),
        wishes=(Wish(words="Get the flat sorted, then see", days_ago=65, ratings=((65, 2), (15, 7))),), course=BETTER,
    ),
    Known(name="", known_as="M.", weeks=0, next_in=0, at=(14, 30)),
    Known(
        name="Niamh Doyle-Fenn", age=41, gender=G.WOMAN, weeks=12, next_in=0, at=(16, 30), needs=("After 4pm",),
        wishes=(Wish(words="Keep my job", days_ago=80, ratings=((80, 5), (40, 6), (12, 6))),), course=HARDER,
    ),
    Known(
        name="Rowan Ellery", known_as="Rowan", age=27, gender=G.NON_BINARY, pronouns="they/them", weeks=29,
        next_in=0, at=(11, 30),
        needs=(
            "Text, don’t ring", "Remind the day before", "Meet in the room with a window", "Nothing before 11am",
            "Short letters",
        ),
        wishes=(
            Wish(words="Get back to Tuesday choir without planning my exit", days_ago=195,
                 ratings=((195, 2), (120, 3), (60, 4), (6, 6))),
            Wish(words="Sleep in my own room again", days_ago=195, ratings=((195, 1), (60, 3), (6, 4))),
            Wish(words="Tell Dad myself", days_ago=13),
        ),
        events=((118, "Away, no forms"), (65, "Moved into own flat")),
    ),
    Known(
        name="Tomasz Wronski", age=45, gender=G.MAN, weeks=11, next_in=8, at=(14, 0),
        wishes=(Wish(words="Walk the dog every day", days_ago=70, ratings=((70, 4), (21, 5))),),
        course=HARDER, returns=1, check_in=True,
    ),
    Known(
        name="Yusuf Adeyinka", age=30, gender=G.MAN, weeks=7, next_in=1, at=(16, 0), needs=("BSL interpreter",),
        wishes=(Wish(words="Understand why, in my own time", days_ago=40),),
    ),
)  # fmt: skip

ROWAN_FIRST, ROWAN_EVERY = 202, 14  # days ago of the first form, and days between
ROWAN = (
    (7.8, 4.2, 4.6, 0.6, 2.4, 2.9, 4.8, 5.4, 5.2, 7.4, 6.1),
    (8.1, 2.6, 5.0, 0.4, 2.1, 3.3, 5.2, 5.0, 5.6, 8.6, 7.0),
    (7.2, 5.1, 5.8, 0.9, 2.9, 2.7, 4.6, 5.6, 5.9, 8.9, 7.4),
    (7.5, 3.0, 6.3, 0.5, 2.6, 3.4, 4.9, 5.2, 5.5, 9.1, 4.2),
    (6.4, 4.8, 6.0, 0.3, 3.4, 3.6, 5.3, 4.9, 6.0, 8.8, 7.1),
    (6.9, 2.2, 5.9, 0.6, 3.1, 3.2, 4.7, 5.5, 5.7, 9.3, 7.6),
    None,
    None,
    (5.2, 4.4, 5.1, 0.4, 4.2, 4.1, 5.0, 5.1, 5.3, 9.0, 7.8),
    (5.6, 2.9, 4.2, 0.2, 4.6, 3.9, 5.4, 5.3, 4.8, 9.4, 8.1),
    (4.1, 3.6, 3.8, 0.5, 5.3, 4.4, 6.6, 5.8, 4.9, 8.9, 7.5),
    (4.4, 4.9, 3.1, 0.3, 5.0, 4.8, 6.9, 5.2, 4.1, 9.2, 8.4),
    (3.0, 2.4, 2.9, 0.2, 5.9, 4.5, 6.4, 5.5, 3.8, 9.5, 8.0),
    (3.6, 3.3, 3.3, 0.4, 6.1, 5.2, 7.2, 5.4, 3.9, 9.0, 8.3),
    (3.2, 2.8, 2.7, 0.4, 6.4, 5.1, 7.0, 5.7, 3.5, 9.1, 8.2),
)
