"""Wren Street, its people and those who pay for its work."""

from alongside.access.roles import Role
from alongside.care.models import Service
from alongside.information.models import Offer

ABOUT = {
    "name": "Wren Street",
    "nation": "england",
    "strapline": "Come as you are. There is a place for you here.",
    "about": "We support people who self-harm, and the people who care about them. "
    "We are run by people who have been there ourselves.",
    "address": "12 Wren Street, Calderford",
    "opening": "Monday to Friday, 10am to 6pm",
    "phone": "01632 960 001",
    "email": "hello@wrenstreet.example",
}
OFFERS = (
    ("One to one", "Talk with a counsellor, weekly, for as long as we agree together.",
     "We stay in touch while you wait.", Offer.Picture.PAIR),
    ("A group", "Eight people at most, the same faces each week. You can listen and not speak.",
     "Thursdays, 5pm.", Offer.Picture.RING),
    ("A drop-in", "Walk in. You do not need to give a name.", "Under 18s: Monday and Wednesday, 4 to 6.30pm.",
     Offer.Picture.DOOR),
    ("Crisis café", "A warm room and somebody to sit with on a hard evening.", "Fridays, 6 to 10pm.",
     Offer.Picture.CAFE),
    ("By email", "Write when you like. A person reads it and a person writes back.",
     "We answer within 2 working days. It is not watched at night.", Offer.Picture.LETTER),
    ("For family and friends", "Support for you, in your own right, whether or not they are ready for theirs.",
     "Evening calls and a monthly meeting.", Offer.Picture.FAMILY),
)  # fmt: skip

CALDER, BROOK = "Calder team", "Brook team"
STAFF = (
    ("Amara Osei", Role.PRACTITIONER, (CALDER, BROOK)),
    ("Sam Whitlock", Role.PRACTITIONER, (BROOK,)),
    ("Priya Nair", Role.PRACTITIONER, (CALDER,)),
    ("Callum Reid", Role.PRACTITIONER, (CALDER,)),
    ("Mei Tanaka", Role.PRACTITIONER, (BROOK,)),
    ("Dafydd Pryce", Role.PRACTITIONER, (CALDER, BROOK)),
    ("Jo Marsh", Role.LEAD, (CALDER, BROOK)),
    ("Ruth Abiola", Role.LEAD, (BROOK,)),
    ("Helen Marlowe", Role.FUNDER_READER, ()),
    ("Idris Bevan", Role.FUNDER_READER, ()),
    ("Nadia Karim", Role.FUNDER_READER, ()),
    ("Tomasz Vale", Role.EVALUATOR, ()),
    ("Lin Ashby", Role.ADMINISTRATOR, ()),
)
AMARA, JO, READER, EVALUATOR, ADMINISTRATOR = "Amara Osei", "Jo Marsh", "Helen Marlowe", "Tomasz Vale", "Lin Ashby"
SIGN_IN = (AMARA, JO, READER, EVALUATOR, ADMINISTRATOR)

COUNSELLING, PROJECT, GROUP = "Counselling", "Project worker", "Thursday group"
CAFE, FAMILY, DROP_IN = "Crisis café", "Family support", "Young people’s drop-in"
SERVICES = (
    (COUNSELLING, Service.Tier.INTERVENTION, CALDER, True),
    (PROJECT, Service.Tier.INTERVENTION, CALDER, True),
    (FAMILY, Service.Tier.PREVENTION, CALDER, False),
    (GROUP, Service.Tier.INTERVENTION, BROOK, True),
    (CAFE, Service.Tier.INTERVENTION, BROOK, False),
    (DROP_IN, Service.Tier.PREVENTION, BROOK, False),
)

FUND, TRUST = "Calder Community Fund", "The Lantern Trust"
COUNCIL, HEALTH = "Calderford Council", "Northfield Health Partnership"
# funder, title, financial years from the first of the demo to the last (counted from 0), services, who may read
GRANTS = (
    (FUND, "One to one support in Calderford", 0, 3, (COUNSELLING, PROJECT), "Helen Marlowe"),
    (TRUST, "Groups and hard evenings", 0, 3, (GROUP, CAFE), "Idris Bevan"),
    (COUNCIL, "Young people and families", 0, 2, (DROP_IN, FAMILY), "Nadia Karim"),
    (HEALTH, "Counselling closer to home", 1, 3, (COUNSELLING,), None),
    (TRUST, "A place for families", 3, 4, (FAMILY,), "Idris Bevan"),
)
