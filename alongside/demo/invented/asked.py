"""What people agreed to, asked for and complained about: made up. Days are counted back from today."""

from alongside.rights.models import About, Consent

A, H = Consent.Answer, Consent.How
ROWAN, GWEN, INES = "Rowan Ellery", "Gwen Tolland", "Ines Carvalho"
# who, about what, what they said, how, days ago; the latest about each thing last
CONSENTS = (
    (ROWAN, About.SUPPORT, A.YES, H.IN_PERSON, 200),
    (ROWAN, About.EVALUATION, A.YES, H.IN_PERSON, 200),
    (ROWAN, About.RESEARCH, A.NO, H.IN_PERSON, 200),
    (ROWAN, About.STORY, A.YES, H.WRITING, 90),
    (ROWAN, About.STORY, A.TAKEN_BACK, H.PHONE, 20),
    (GWEN, About.SUPPORT, A.YES, H.WRITING, 115),
    (GWEN, About.CONTACT, A.YES, H.WRITING, 115),
    ("Leah Stanmore", About.SUPPORT, A.YES, H.IN_PERSON, 12),
    ("Tomasz Wronski", About.SUPPORT, A.YES, H.PHONE, 75),
)
ASKED, KNOWN, KNOWN_HOW = 9, 8, "She asked in person, and her worker knows her"
ASKED_BEFORE, REFUSED, REFUSED_WHY = 64, 60, "She found her own letter again, and took the request back"
COMPLAINED = 3
COMPLAINT = "A letter to me had somebody else’s leaflet in the envelope. I have posted it back to you."
REACH = "01632 960 217"
