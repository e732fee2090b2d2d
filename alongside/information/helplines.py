"""The helplines that a new organisation starts with. Each says whether its number was confirmed by its own site
or the health service (safety requirement R3.8); the others wait, unseen, for somebody to check them.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Known:
    """One helpline: whether its number is confirmed, and the fields of its record."""

    confirmed: bool
    said: dict[str, str]


def _line(*, confirmed: bool = True, **said: str) -> Known:
    return Known(confirmed, said)


DEFAULTS = (
    _line(name="Samaritans", what_for="Talk to someone", number="116 123", link="tel:116123", how="call",
          note="Free, any time.", hours="24 hours", cost="free"),
    _line(name="Shout", what_for="Text instead", number="SHOUT to 85258", link="sms:85258?body=SHOUT",
          how="text", note="Free, any time.", hours="24 hours", cost="free"),
    _line(name="NHS", what_for="Urgent mental health", number="111", link="tel:111", how="call",
          note="Choose the mental health option.", nation="england", hours="24 hours", cost="free"),
    _line(name="NHS Wales", what_for="Urgent mental health", number="111", link="tel:111", how="call",
          note="Press 2.", nation="wales", hours="24 hours", cost="free"),
    _line(name="NHS 24", what_for="Urgent mental health", number="111", link="tel:111", how="call",
          note="Ask for the mental health hub.", nation="scotland", hours="24 hours", cost="free"),
    _line(confirmed=False, name="Lifeline", what_for="Urgent mental health", number="0808 808 8000",
          link="tel:08088088000", how="call", note="For people in Northern Ireland.", nation="northern-ireland",
          hours="24 hours", cost="free"),
    _line(name="Emergency services", what_for="Life in danger, or badly hurt", number="999", link="tel:999",
          how="call", note="Or go to A&E.", hours="24 hours", cost="free"),
    _line(name="Childline", what_for="Under 19", number="0800 1111", link="tel:08001111", how="call",
          note="Free.", audience="Under 19", hours="24 hours", cost="free"),
    _line(name="Papyrus HOPELINE247", what_for="Under 35", number="0800 068 4141", link="tel:08000684141",
          how="call", note="Free, any time.", audience="Under 35", hours="24 hours", cost="free"),
    _line(confirmed=False, name="Breathing Space", what_for="Low mood, in Scotland", number="0800 83 85 87",
          link="tel:0800838587", how="call", note="Evenings and weekends.", nation="scotland", hours="check the site",
          cost="free"),
)  # fmt: skip
