"""What the register begins with. The organisation reads each purpose, changes it, and confirms it."""

from typing import Any

from django.apps import apps
from django.db import connections

TIMES: tuple[dict[str, Any], ...] = (
    {
        "name": "Record of support", "trigger": "support ended", "years": 8, "child_until": 25, "at_17_until": 26,
        "years_after_death": 8, "action": "erase", "usual": True,
        "why": "What the NHS records code gives adults, and children until a birthday. Put your own reason here.",
    },
    {
        "name": "Mental health care for the NHS", "trigger": "support ended", "years": 20, "child_until": 25,
        "at_17_until": 26, "years_after_death": 10, "action": "review",
        "why": "What the NHS records code gives mental health care, for bodies of the NHS in England.",
    },
    {
        "name": "Short contact", "trigger": "last contact", "years": 2, "child_until": None, "at_17_until": None,
        "years_after_death": None, "action": "erase", "why": "For people who came once or twice. Put in your reason.",
    },
    {
        "name": "Work and duties", "trigger": "by hand", "years": 6, "child_until": None, "at_17_until": None,
        "years_after_death": None, "action": "review", "why": "The time in which somebody may still bring a claim.",
    },
)  # fmt: skip

# code, name, Article 6, Article 9, where it comes from, who receives it, how long it is kept
PURPOSES = (
    ("support", "Supporting people", "legitimate interests", "substantial public interest",
     "The person, and whoever sent them to us", "Nobody outside the teams that support them", "Record of support"),
    ("safeguarding", "Keeping somebody safe", "recognised interests", "substantial public interest",
     "The person, and what workers notice", "Those whom the law or the person’s safety asks us to tell",
     "Record of support"),
    ("evaluation", "Counting what helps", "legitimate interests", "research",
     "The forms that the person fills in", "Funders, as numbers in which nobody can be seen", "Record of support"),
    ("research", "Research", "consent", "explicit consent",
     "The record, without what names the person", "Researchers who are named when we ask", "Record of support"),
    ("contact", "Staying in touch", "consent", "explicit consent", "The person", "Nobody", "Record of support"),
    ("story", "Telling somebody’s story", "consent", "explicit consent",
     "The person, in their own words", "Whoever reads what we publish", "Record of support"),
    ("voices", "Hearing people in workshops", "consent", "explicit consent",
     "Whoever takes part, without their name", "Whoever reads what we publish", "Work and duties"),
    ("team", "Working here", "contract", "", "The person, and who leads them", "Nobody outside", "Work and duties"),
    ("duties", "Answering for what we do", "legal obligation", "legal claims",
     "What was done here, and what people tell us", "The regulator, when it asks", "Work and duties"),
)  # fmt: skip

# what is asked, and what taking it back will do
WORDINGS = {
    "support": (
        "We keep a record of how we support you. May we?",
        "If you take this back we stop adding to it and talk about what support can go on. "
        "What we must keep by law stays until its time is over.",
    ),
    "evaluation": (
        "May we count your answers with other people’s, to see what helps?",
        "If you take this back you are left out of every report from then on. "
        "Reports that were made before stay as they are; nobody can be seen in them. Your support does not change.",
    ),
    "research": (
        "May researchers use your record, without your name?",
        "If you take this back we give them nothing more. What they have worked out by then stays. "
        "Your support does not change.",
    ),
    "contact": (
        "May we get in touch with you after your support has ended?",
        "If you take this back we do not get in touch again. You can always come to us.",
    ),
    "story": (
        "May we tell your story, in words that you have read first?",
        "If you take this back we tell it no more and take it off our pages. "
        "What was printed cannot be called back. Your support does not change.",
    ),
}


def fill(*, using: str, **_: Any) -> None:
    """Put in what is not there yet, after every migration; what the organisation wrote is left alone."""
    if "rights_wording" not in connections[using].introspection.table_names():
        return
    time, purpose, wording = (apps.get_model("rights", name) for name in ("KeepingTime", "Purpose", "Wording"))
    if not time.objects.using(using).exists():
        for said in TIMES:
            time.objects.using(using).create(**said)
    names = dict(time.objects.using(using).values_list("name", "pk"))
    known = set(purpose.objects.using(using).values_list("code", flat=True))
    for place, (code, name, basis, condition, source, recipients, keeping) in enumerate(PURPOSES, start=1):
        if code not in known:
            purpose.objects.using(using).create(
                code=code, name=name, basis=basis, condition=condition, source=source, recipients=recipients,
                keeping_id=names.get(keeping) or next(iter(names.values())), place=place,
            )  # fmt: skip
    asked = set(wording.objects.using(using).values_list("about", flat=True))
    for about, (asks, taking_back) in WORDINGS.items():
        if about not in asked:
            wording.objects.using(using).create(about=about, version=1, asks=asks, taking_back=taking_back)
