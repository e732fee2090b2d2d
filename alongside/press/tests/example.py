"""A report from an invented charity, Wren Street, with every kind of block."""

from dataclasses import fields, is_dataclass, replace

from alongside.press.document import (
    Bars,
    Caveat,
    Column,
    Compared,
    Dot,
    Dots,
    Figure,
    Finding,
    Group,
    Individuals,
    Interval,
    Kept,
    KeyNumbers,
    Line,
    Multiples,
    Number,
    Ordered,
    Part,
    Parts,
    Place,
    Point,
    Report,
    Row,
    Scatter,
    Small,
    Spots,
    Table,
    Tick,
    Words,
)


def interval(low: float, point: float, high: float) -> Interval:
    return Interval(low=low, point=point, high=high, start=-2.5, stop=3.5)


def outcome(name: str, first: str, change: Number, drawn: Interval, counted: Number) -> Row:
    return Row(
        cells=(
            Words(text=name),
            Number(strong="", soft=first),
            change,
            drawn,
            counted,
        )
    )


LINE_FIGURE = Figure(
    lines=(
        Line(
            name="How often",
            points=(
                Point(x=0, y=6.1, low=5.6, high=6.6),
                Point(x=28, y=5.4, low=4.9, high=5.9),
                Point(x=56, y=4.7, low=4.2, high=5.2),
                Point(x=84, y=None),
                Point(x=100, y=3.7, low=3.1, high=4.3),
            ),
        ),
        Line(
            name="How much it got in the way",
            points=(
                Point(x=0, y=4.9, low=4.5, high=5.3),
                Point(x=28, y=4.5, low=4.0, high=5.0),
                Point(x=56, y=4.0, low=3.5, high=4.5),
                Point(x=84, y=3.6, low=3.1, high=4.1),
                Point(x=100, y=3.3, low=2.7, high=3.9),
            ),
        ),
    ),
    ticks=(
        Tick(x=0, label="First form", under="120 people"),
        Tick(x=28, label="28 days", under="110 people"),
        Tick(x=56, label="56 days", under="95 people"),
        Tick(x=84, label="84 days", under="fewer than 8"),
        Tick(x=100, label="100 days", under="80 people"),
    ),
    bottom=0,
    top=10,
    bottom_words="not at all",
    top_words="very often, or very much",
    alt="Two falling lines over 100 days: how often, 6.1 to 3.7; how much it got in the way, 4.9 to 3.3.",
)

OUTCOMES = Table(
    title="Each outcome, and how sure we are",
    lede="Everyone who answered twice or more, on a line from 0 to 10.",
    columns=(
        Column(title="What people marked"),
        Column(title="Average at first form", numeric=True),
        Column(title="Change in 100 days (95% interval)"),
        Column(title="", ends=("harder", "easier")),
        Column(title="Easier by 2 or more", numeric=True),
    ),
    groups=(
        Group(
            title="Day to day",
            rows=(
                outcome(
                    "How often",
                    "6.1",
                    Number(strong="−2.4", soft=" (−3.0 to −1.8)"),
                    interval(1.8, 2.4, 3.0),
                    Number(strong="75", soft=" of 120 (63%)"),
                ),
                outcome(
                    "Daily activities",
                    "4.0",
                    Number(strong="+1.1", soft=" (0.6 to 1.6)"),
                    interval(0.6, 1.1, 1.6),
                    Number(strong="45", soft=" of 120 (38%)"),
                ),
            ),
        ),
        Group(
            title="Looking ahead",
            rows=(
                outcome(
                    "Hopefulness",
                    "3.6",
                    Number(strong="+0.6", soft=" (0.1 to 1.1)"),
                    interval(0.1, 0.6, 1.1),
                    Number(strong="35", soft=" of 120 (29%)"),
                ),
                outcome(
                    "Plans for the year",
                    "4.2",
                    Number(strong="−0.3", soft=" (−0.8 to +0.2)", note="no clear change"),
                    interval(-0.2, 0.3, 0.8),
                    Number(strong="30", soft=" of 120 (25%)"),
                ),
            ),
        ),
    ),
    notes=("“No clear change” means the interval includes no change at all. It is not “no change”.",),
)

SMALL = Table(
    title="How people described themselves",
    columns=(Column(title="Group"), Column(title="People", numeric=True), Column(title="Change in 100 days")),
    groups=(
        Group(
            title="",
            rows=(
                Row(cells=(Words(text="Women"), Number(soft="120"), Words(text="−2.5 (−3.2 to −1.8)"))),
                Row(
                    cells=(
                        Words(text="Men"),
                        Number(soft="40"),
                        Words(text="−2.1 (−3.3 to −0.9)", note="fewer answered"),
                    )
                ),
                Row(
                    cells=(
                        Words(text="Non-binary people"),
                        Kept(text="fewer than 8"),
                        Kept(text="too few to average"),
                    )
                ),
            ),
        ),
    ),
    notes=("Fewer than 8: a number this small could point to someone, so we leave it out.",),
)

SMALL_FIGURE = replace(
    LINE_FIGURE,
    lines=tuple(replace(line, name=name) for line, name in zip(LINE_FIGURE.lines, ("Mean", "Median"), strict=True)),
    alt="How often: mean 6.1 at first, 3.7 at 100 days.",
)

DOTS = Dots(
    names=("First form", "Nearest to day 100"),
    places=(
        Place(
            name="Women",
            under="80 people",
            dots=(Dot(at=6.6, text="6.6", low=6.1, high=7.1), Dot(at=4.1, text="4.1", low=3.5, high=4.7)),
        ),
        Place(name="Men", under="25 people", dots=(Dot(at=9.8, text="9.8"), Dot(at=0.2, text="0.2"))),
        Place(name="Non-binary people", under="", kept="too few to average"),
    ),
    ticks=((0, "0"), (5, "5"), (10, "10")),
    start_words="not at all",
    stop_words="very often",
    alt="How often, first form and near day 100. Women: 6.6 at first, then 4.1. Men: 9.8 at first, then 0.2.",
)

SCATTER = Scatter(
    better=Spots(name="3 better by 2 points or more", places=((6, 2, 2), (9, 1, 1))),
    between=Spots(name="1 by less, either way", places=((5, 5, 1),)),
    worse=Spots(name="1 worse by 2 points or more", places=((2, 8, 1),)),
    band=2,
    bottom=0,
    top=10,
    bottom_words="not at all",
    top_words="very often",
    first_words="First form",
    last_words="Last form",
    diagonal_words="No change",
    alt="How often, first form against last: 3 of 5 people changed for the better by 2 points or more.",
)

ORDERED = Ordered(
    better=Bars(name="3 better by 2 points or more", changes=((-8, 1), (-4, 1), (-4, 1))),
    between=Bars(name="1 by less, either way", changes=((0, 1),)),
    worse=Bars(name="1 worse by 2 points or more", changes=((6, 1),)),
    band=2,
    bottom=-10,
    top=10,
    bottom_words="went down: better",
    top_words="went up: worse",
    start_words="most for the better",
    stop_words="most for the worse",
    alt="How often, every change in order, from 8 points down to 6 up.",
)

INDIVIDUALS = tuple(
    Individuals(
        title=title,
        lede="Each person is drawn.",
        figure=figure,
        sentences=("3 of 5 changed for the better.",),
        table=SMALL,
    )
    for title, figure in (("Each person’s first and last form", SCATTER), ("Each person’s change, in order", ORDERED))
)

REPORT = Report(
    title="People told us hard days came less often over their first 100 days",
    lede="We cannot say how much of that was our doing. This says what people marked.",
    gentle="This report talks about self-harm. It does not describe how anyone hurts themselves.",
    masthead="Wren Street",
    subject="Report to the Calder Community Fund, April 2025 to March 2026",
    banner="May point at people: not for publication",
    blocks=(
        KeyNumbers(
            title="People reached",
            numbers=(
                ("185", "people supported directly"),
                ("60", "family members and friends, in their own right"),
                ("110", "workers from other services trained"),
            ),
            note="Each person is counted once. The three groups do not overlap. Rounded to the nearest 5.",
        ),
        Parts(
            title="120 of 185 people answered at least twice",
            parts=(
                Part(share=120 / 185, number="120", text="answered twice or more", percent="65%"),
                Part(share=40 / 185, number="40", text="answered once"),
                Part(share=25 / 185, number="25", text="no form", open=True),
            ),
            text="Change can only be seen in the 120. The other 65 are counted as not changed.",
        ),
        Finding(
            title="How often fell by about 2.4 points in 100 days",
            lede="Average of people who answered twice or more. Shaded: 95% interval.",
            figure=LINE_FIGURE,
            sentences=(
                "Gaps are times when fewer than 8 people answered.",
                "75 of 120 people marked it easier by 2 or more.",
            ),
            table=SMALL,
        ),
        OUTCOMES,
        Compared(
            title="How often, by how people described themselves",
            lede="The ring is the first form, the disc the one nearest to day 100.",
            figure=DOTS,
            sentences=("Women: 6.6 at first, then 4.1.",),
            table=SMALL,
        ),
        replace(SMALL, title="The same beside its table", figure=replace(DOTS, alt="The same, beside its table.")),
        Multiples(
            title="Each question, fortnight by fortnight",
            lede="Mean and median of the forms in each fortnight.",
            figures=(
                Small(title="How often went down", text="“How often?”", figure=SMALL_FIGURE),
                Small(title="The future: too few to say", text="“How hopeful?”", figure=None),
            ),
        ),
        *INDIVIDUALS,
    ),
    appendix=(replace(SMALL, title="How often over time"),),
    caveats=(
        Caveat(
            title="Whether we caused the change",
            text="There is no comparison group. Some people would have felt different without us.",
        ),
        Caveat(
            title="What a hard week does to a first form",
            text="People often come when things are at their worst.",
        ),
        Caveat(title="How the other 65 are doing", text="They may be doing better or worse. We do not guess."),
        Caveat(
            title="What any one person will do next",
            text="These are averages. Nothing here predicts anything about anyone.",
        ),
    ),
    made=(
        "Issued 14 May 2026, version 1. Figures frozen from records held on 30 April 2026.",
        "Small numbers: 1 to 7 hidden, others to the nearest 5.",
    ),
)


def saying(text: str, part: object = REPORT) -> object:
    """Return the example with every text in it replaced, to see what a text can do wherever it stands."""
    if isinstance(part, str):
        return text
    if isinstance(part, tuple):
        return tuple(saying(text, item) for item in part)
    if not is_dataclass(part):
        return part
    kept = {"language", "drawn"}
    return replace(part, **{f.name: saying(text, getattr(part, f.name)) for f in fields(part) if f.name not in kept})
