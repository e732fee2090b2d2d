"""Says a definition in words, for people: `alongside instruments show`, and its reference page."""

from collections.abc import Iterable, Iterator

from alongside.instruments.checks import members, named_item, span
from alongside.instruments.items import Asked, Choices, Item
from alongside.instruments.schema import BY_THEMSELVES, Instrument
from alongside.instruments.scores import ScoreDefinition, may_be_missing

KINDS = {"line": "a mark on a line", "choice": "one choice", "number": "a number"}


def called(form: Instrument) -> str:
    """Give the key as commands take it: words with underscores.

    Parameters
    ----------
    form
        A definition.

    Returns
    -------
    str
        A hyphen works as well.

    Examples
    --------
    >>> from alongside.instruments import loader
    >>> called(loader.load("service-evaluation"))
    'service_evaluation'
    """
    return form.key.replace("-", "_")


def page(form: Instrument) -> str:
    """Say a whole definition in Markdown.

    Parameters
    ----------
    form
        A definition.

    Returns
    -------
    str
        A page that begins with a heading, ended by a line break.

    Examples
    --------
    >>> from alongside.instruments import loader
    >>> print(page(loader.load("gad7")).splitlines()[0])
    # GAD-7
    """
    return "\n\n".join(_parts(form)) + "\n"


def scores_of(form: Instrument) -> Iterator[tuple[str, str, str]]:
    """Say how each score is made.

    Parameters
    ----------
    form
        A definition.

    Yields
    ------
    tuple of str
        Its key, its name, and its rule in a sentence without a full stop.

    Examples
    --------
    >>> from alongside.instruments import loader
    >>> list(scores_of(loader.load("wsas")))
    [('total', 'Total', 'the sum of questions 1 to 5, 0 to 40')]
    """
    if form.never_scored:
        return
    if not form.scores:
        for item in form.items:
            yield f"q{item.number}", item.topic, f"the mark itself, {item.low:g} to {item.high:g}"
    for score in form.scores:
        if form.not_scored and not score.items:
            yield score.key, score.name, f"the {score.rule} of questions not confirmed"
            continue
        low, high = span(form, score)
        yield score.key, score.name, f"the {score.rule} of {_made_of(form, score)}, {low:g} to {high:g}"


def numbers(items: Iterable[Asked]) -> str:
    """Say the numbers of questions, those that follow one another as a range.

    Parameters
    ----------
    items
        Questions.

    Returns
    -------
    str
        Such as `questions 1 to 5 and 9`.

    Examples
    --------
    >>> from alongside.instruments import loader
    >>> phq = loader.load("phq9").items
    >>> numbers([*phq[:3], phq[8]]), numbers(phq[:1])
    ('questions 1 to 3 and 9', 'question 1')
    """
    runs: list[list[int]] = []
    for number in sorted(item.number for item in items):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    said = [
        part
        for run in runs
        for part in ([f"{run[0]} to {run[-1]}"] if len(run) > 2 else [str(number) for number in run])
    ]
    joined = said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"
    return f"question{'' if joined.isdigit() else 's'} {joined}"


def _parts(form: Instrument) -> Iterator[str]:
    yield f"# {form.name}"
    screen = "" if form.answered_by in BY_THEMSELVES else " The screen is never handed over for it."
    told = f"`{called(form)}`, version {form.version}. Answered by {form.informant}.{screen}"
    yield f"{told} The time asked about: {form.reference_period}.{_ages(form)}"
    if form.purpose:
        yield f"**What it is for.** {form.purpose}"
    if form.not_for:
        yield f"**What it must not be used for.** {form.not_for}"
    yield "## Scoring"
    yield from _scoring(form)
    if form.check_in:
        asked = numbers(item for item in form.items if item.key in form.check_in)
        empty = "; so does leaving it empty" if form.check_in_when_empty else ""
        yield (
            f"Any mark above the lowest on {asked} opens one neutral check-in with the person{empty}. "
            "It is never a label, a score or an order of people."
        )
    yield "## Questions"
    yield from _questions(form)
    yield "## Licence and sources"
    needs = f" It stays off until {form.licence.needs} is recorded." if form.licence.needs else ""
    yield (
        f"**{form.licence.status.capitalize()}.** Held by {form.licence.holder}. {form.licence.terms}.{needs} "
        f"Source, as of {form.licence.date}: {form.licence.source}."
    )
    if form.sources:
        yield "\n".join(f"- {source}" for source in form.sources)


def _scoring(form: Instrument) -> Iterator[str]:
    if form.never_scored:
        yield form.never_scored
        return
    if form.not_scored:
        yield f"**Not scored: {form.not_scored}.** No number is shown. What stands below is what would be counted."
    if form.scores:
        yield rule(form)
    rows = [f"| `{key}` | {name} | {rule} |" for key, name, rule in scores_of(form)]
    yield "\n".join(["| score | name | made of |", "|---|---|---|", *rows])
    for score in form.scores:
        yield from _published(score)
    if form.scoring_source:
        yield f"Source of the key: {form.scoring_source}."
    if not form.over_time:
        yield "It is not repeated to see change: no line over time is drawn, and nothing counts as improved."


def rule(form: Instrument) -> str:
    """Say how marks become points, and what is done about a question that is not answered.

    Parameters
    ----------
    form
        A definition with scores.

    Returns
    -------
    str
        One sentence or more.

    Examples
    --------
    >>> from alongside.instruments import loader
    >>> rule(loader.load("phq9"))
    'All of a score’s questions must be answered; otherwise there is no score, and the reason is said.'
    """
    said = []
    if form.reversed:
        turned = [item for named in form.reversed if (item := named_item(form, named))]
        low, high = turned[0].low, turned[0].high
        said.append(f"{numbers(turned).capitalize()} are turned round: a mark x counts as {low + high:g} − x.")
    if any(item.points for item in form.items):
        item = next(item for item in form.items if item.points)
        marks = ", ".join(f"{item.low + place:g} counts {worth:g}" for place, worth in enumerate(item.points))
        said.append(f"{'Then mark' if form.reversed else 'Mark'} {marks}.")
    if form.several_marked:
        said.append("Where several were marked, the highest counts.")
    fill = may_be_missing(form.missing)
    said.append(
        f"Up to {fill} unanswered questions are filled in with the mean of the others, and the score says so."
        if fill
        else "All of a score’s questions must be answered; otherwise there is no score, and the reason is said."
    )
    said += [f"{score.name}: {score.optional_note}." for score in form.scores if score.optional_note]
    return " ".join(said)


def _published(score: ScoreDefinition) -> Iterator[str]:
    if score.bands:
        rows = [f"| {band.name} | {band.low:g} to {band.high:g} |" for band in score.bands]
        yield "\n".join([f"| {score.name.lower()}: band | from, to |", "|---|---|", *rows])
        yield f"Bands: {score.bands_source}."
    if score.caseness:
        yield f"At caseness from {score.caseness.at:g}, in reports only. {score.caseness.source}."
    if score.reliable_change:
        yield f"Reliable change: {score.reliable_change.by:g} or more. {score.reliable_change.source}."
    for cut in score.cut_offs:
        yield f"{cut.at:g}: {cut.means}. {cut.source}."


def _questions(form: Instrument) -> Iterator[str]:
    if form.stem:
        yield f"“{form.stem}”"
    if form.licence.status == "numbers only":
        yield "The wording is not ours to give, so each question has its number and topic."
    yield "\n".join(f"{question.number}. {_said(question)}" for question in form.questions)


def _said(question: Asked) -> str:
    asked = f"“{question.wording}”" if question.wording else question.title
    original = f" The original says: “{question.source_wording}”" if question.source_wording else ""
    return f"`{question.key}` {asked}{original} *{_answered(question)}*"


def _answered(question: Asked) -> str:
    if isinstance(question, Choices):
        return f"Any of: {', '.join(question.options)}." if question.options else "Any of the choices."
    if not isinstance(question, Item):
        return "In words."
    ends = f"{question.low:g} ({question.low_words}) to {question.high:g} ({question.high_words})"
    if str(f"{question.low:g}") == question.low_words.removesuffix(".0"):
        ends = f"{question.low:g} to {question.high:g}"
    steps = "" if question.step == 1 else f", in steps of {question.step:g}"
    also = f", or {', '.join(question.also)}" if question.also else ""
    return f"{KINDS[question.kind].capitalize()}, {ends}{steps}{also}."


def _made_of(form: Instrument, score: ScoreDefinition) -> str:
    if score.of_scores:
        names = [one.name.lower() for one in form.scores if one.key in score.of_scores]
        return f"{', '.join(names[:-1])} and {names[-1]}"
    return numbers(members(form, score))


def _ages(form: Instrument) -> str:
    youngest, oldest = form.ages.youngest, form.ages.oldest
    if youngest is not None and oldest is not None:
        return f" Made for ages {youngest} to {oldest}."
    if youngest is not None:
        return f" Made for age {youngest} and over."
    return f" Made for age {oldest} and under." if oldest is not None else ""
