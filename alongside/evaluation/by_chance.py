"""How often chance alone would do what a test was asked about, in words."""

from collections.abc import Mapping

from alongside.outcomes.words import capital


def by_chance(what: str, tested: Mapping[str, float | None], test: str) -> list[str]:
    """Return a note that says how often chance alone would do something, for each thing tested; none where nothing was.

    Parameters
    ----------
    what : what chance would do, as it follows "would chance alone "
    tested : p values, 0 to 1, by what each is about
    test : the test's name, with its article

    Examples
    --------
    >>> by_chance("set them apart", {"calm": 0.034, "sleep": None, "hope": 0.002, "home": 0.0001}, "a log-rank test")
    ['In how many of 100 cases would chance alone set them apart? 3: calm; fewer than 1: hope, home. \
These are p values, in hundredths, of a log-rank test.']
    """
    said: dict[str, list[str]] = {}
    for about, p in tested.items():
        if p is not None:
            said.setdefault("fewer than 1" if p < 0.01 else f"{100 * p:.0f}", []).append(about)
    often = capital("; ".join(f"{times}: {', '.join(names)}" for times, names in said.items()))
    asked = f"In how many of 100 cases would chance alone {what}?"
    return [f"{asked} {often}. These are p values, in hundredths, of {test}."] if said else []
