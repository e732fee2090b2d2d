"""Invented workshops, each written down in another way."""

PRINTED = """WREN STREET

Winter warmth day, November 2025

**Warm Homes
Neighbours' Group**

People in pairs, in breakout rooms, answer the question "What makes a cold home hard to talk about, and who listens?"

Pair 1

the meter
runs out
- at night

shame

Do landlords read letters?

Pair 2

Nobody asks the tenants

shame

Voting on what to talk about in 1st meeting

Rent and
heating

who reads
letters?

shame



Small-group discussions on the two most popular themes:

"Letters" - who reads them (one group)

"Rent and heating" (two groups)

Letters

a good discussion with our landlord once helped

Write them together?

Rent and heating

SAY IT PLAINLY

it is both at once

Rent and heating

we vote on this every winter

Closing thoughts at the end of 1st Warm Homes meeting

Good to have met

Reflections at beginning of 2nd meeting

still cold

Selection of key issues

How can a street keep warm?

LETTERS/REPLIES

Letters get no reply.

WHO could read them with people?
What are the PRINCIPLES?

WARM ROOMS

There are rooms that stand empty.
They are heated.

HOW do we open them?

What are the PRINCIPLES?

Whole Neighbours' Group
talks about the selected issue:
Warm rooms

WARM ROOMS

There are rooms that stand empty.

ask the library

keys are the hard part - not
the heat

Closing thoughts at the end of 2nd Warm Homes meeting

Agree!
"""

TYPED = """# Plenary: getting started

Why are we here?

# Breakout room A

* buses stop
  at six
* no benches

# Breakout room B

* steps at the clinic
* no benches

# Dot voting

1. Buses (5 dots)
2. Benches (3 dots)

# Discussion: Buses

* ask the drivers

# Table discussion – Benches

* the council has some in store

# Last words

* a short walk home together
"""

CROWDED = """ROOM 1
too loud
too bright
ROOM 2
no quiet corner
FINAL THOUGHTS
thank you
see you
"""

BARE = "tea\n\na chair by the window\n"
