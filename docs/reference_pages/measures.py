"""The pages of the measures: one that lists them, and one for each, from its definition."""

from collections.abc import Iterator

from alongside.instruments import describing, listing, loader
from alongside.instruments.schema import Instrument, Outcome

INDEX = """# Instruments

The measures that Alongside knows by name. Each is one file in `alongside/instruments/definitions`, in a format that
[a page explains](../how-to/add-a-measure.md) and a [schema](instrument.schema.json) says to a program. A score is made
only where every question it needs is answered; otherwise there is no number, and the reason is said.

`alongside instruments score` takes a file of answers as they were marked, `alongside evaluate --instrument` a file of
scores. In a wide table a question is found by its key or its number: `future`, `9`, `Q9` or `Question 9`. Any other
measure needs no definition there: name it, and state its range and direction with [--range](commands.md#--range) and
[--lower-is-better](commands.md#--lower-is-better) or [--higher-is-better](commands.md#--higher-is-better).

The wording of a form belongs to its owner. It stands here only where anybody may copy it, where it is ours, or where
its owner published it and it is credited. Everywhere else a question has its number and its topic.
"""


def index() -> str:
    """Return the page that lists every measure."""
    return INDEX + "".join(map(_entry, _forms()))


def pages() -> Iterator[tuple[str, str]]:
    """Yield the name of each measure's page, and the page."""
    for form in _forms():
        yield describing.called(form), describing.page(form) + _counted(form)


def _forms() -> list[Instrument]:
    return [loader.load(key) for key in loader.keys()]  # noqa: SIM118 - a function of a module


def _entry(form: Instrument) -> str:
    link = f"[{form.name}](instruments/{describing.called(form)}.md)"
    return f"\n## {form.key}\n\n{link}: {listing.in_short(form).partition(', ')[2]}. {form.purpose}\n"


def _counted(form: Instrument) -> str:
    """What a report counts on a form that stands for the purposes of a service."""
    if not form.outcomes:
        return ""
    numbers = {item.key: item.number for item in form.items}
    parts = [
        "## In a report",
        f"**Improved.** {_rule(form)}",
        "| outcome | questions |\n|---|---|\n" + "\n".join(_outcome(one, numbers) for one in form.outcomes),
        f"About the service itself, and in no outcome: questions {' and '.join(_said(form.service_items, numbers))}.",
    ]
    return "\n" + "\n\n".join(parts) + "\n"


def _rule(form: Instrument) -> str:
    if form.improved_by is None:
        return "No rule is stated, so nothing is counted."
    also = f" Shown beside it: {' and '.join(f'{points:g}' for points in form.also_shown)}." if form.also_shown else ""
    return f"{form.improved_by:g} or more in the better direction. {form.improved_by_source}.{also}"


def _outcome(outcome: Outcome, numbers: dict[str, int]) -> str:
    theirs = f" (a funder’s own words: “{outcome.funder_title}”)" if outcome.funder_title else ""
    return f"| {outcome.title}{theirs} | {', '.join(_said(outcome.indicators, numbers))} |"


def _said(names: tuple[str, ...], numbers: dict[str, int]) -> list[str]:
    return [str(numbers[name]) for name in names]
