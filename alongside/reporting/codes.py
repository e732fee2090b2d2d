"""What an evaluator takes away: every form that counts, under codes that are made for this one download.

The columns are those that a report is made from, so `alongside evaluate` and R give the same numbers. There is no
name, no date of birth, no contact and nobody's words: gender as one of the six choices, and age in whole years.
"""

import io
import secrets
import zipfile
from collections import defaultdict

from alongside.core import clock
from alongside.core.words import day
from alongside.instruments.exchange import Kind, write
from alongside.measures.queries import library, travelling
from alongside.reporting import files, queries, reach

READ_ME = """Answers under codes, to {until}

forms.csv    one row for each client and day: a code, the day, and each question's mark from 0 to 10
clients.csv  one row for each client: the code, gender, and age when support began
unnamed.csv  where there are any: one row for each paper form without a name, with its month and service

The codes were made for this download alone. Another download has others, so take the whole again when you need
more. People who said no to evaluation, or changed their mind, are not in it.

Keep both files where only you can read them, and delete them when you are done. A run of dates can be enough for
somebody who knows a person: do not pass these files on, and publish numbers with small counts left out.

Nobody can tell whose the forms without a name are, nor which are of one person. So they say nothing of change, and
stand in no other table.

    alongside evaluate forms.csv --attributes clients.csv --instrument service-evaluation --by gender --by age

gives the report, and with --bundle every number again in R. Add --publish strict before anybody else reads it.
"""


def bundle() -> bytes | None:
    """Everything as a ZIP; None when no form holds an answer yet."""
    until = clock.today()
    support = queries.all_support(until=until)
    people = reach.people(queries.rows(support), queries.about(support), since=queries.EVER)
    with files.private_folder() as folder:
        written = files.write(folder, people, queries.answers(support, queries.EVER, until))
        unnamed = queries.every_unnamed(until)
        if written is None and not unnamed:
            return None
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            if written is not None:
                archive.write(written.forms, "forms.csv")
                archive.write(written.clients, "clients.csv")
            if unnamed:
                archive.writestr("unnamed.csv", files.without_names(unnamed))
            archive.writestr("read-me.txt", READ_ME.format(until=day(until)))
        return packed.getvalue()


def measures() -> list[tuple[str, str, str, int]]:
    """The other measures with a number in them: key, version, name, and how many forms came back; A to Z."""
    found = travelling.measures(queries.other_measures())
    return [one for one in found if library.definition(one[0], one[1]).items]


def of_measure(measure: str, version: str, kind: Kind) -> bytes:
    """Every form of one measure under codes, as it was marked, with its scores and nobody's words."""
    people: defaultdict[str, str] = defaultdict(lambda: secrets.token_hex(8))  # made when somebody is first met
    leaving = travelling.leaving_of(
        queries.other_measures(), instrument=measure, version=version, code=people.__getitem__,
        named=lambda _key: secrets.token_hex(8), words=False,
    )  # fmt: skip
    out = io.BytesIO()
    write(library.definition(measure, version), leaving, out, kind)
    return out.getvalue()
