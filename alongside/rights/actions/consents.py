"""What somebody agrees to, one purpose at a time."""

from datetime import date

from alongside.access.models import User
from alongside.audit import actions as audit
from alongside.rights.actions.once import made, named
from alongside.rights.models import CompetenceNote, Consent, Wording
from alongside.rights.queries import consents


@audit.recorded
def say(
    *, person: str, wording: Wording, answer: Consent.Answer, how: Consent.How, said_on: date, by: User, key: str = ""
) -> Consent:
    """Keep an answer to one wording; the one before it stays as history. The same `key` sent twice keeps one."""
    if kept := made(Consent, key):
        return kept
    Consent.objects.current().filter(person_key=person, about=wording.about).update(current=False)
    consent = Consent(
        **named(key), person_key=person, wording=wording, about=wording.about, answer=answer, how=how,
        said_on=said_on, by=by,
    )  # fmt: skip
    consent.full_clean()
    consent.save(force_insert=True)
    did = {"yes": "consent.given", "no": "consent.refused", "taken back": "consent.taken-back"}[answer]
    audit.record(by=by.pk, did=did, subject=f"client:{person}", details={"consent": consent.pk, "about": wording.about})
    return consent


@audit.recorded
def word_anew(*, about: str, asks: str, taking_back: str, by: User) -> Wording:
    """Ask in other words from now on. Answers to the old ones keep them."""
    last = consents.wording(about)
    if (last.asks, last.taking_back) == (asks, taking_back):
        return last
    wording = Wording(about=about, version=last.version + 1, asks=asks, taking_back=taking_back)
    wording.full_clean()
    wording.save(force_insert=True)
    audit.record(by=by.pk, did="wording.changed", subject=f"wording:{wording.pk}", details={"about": about})
    return wording


@audit.recorded
def note_competence(
    *, person: str, noted_on: date, why: str, own_words: str, may_tell_parents: bool, safeguarding_lead: User, by: User,
    key: str = "",
) -> CompetenceNote:  # fmt: skip
    """Note that somebody under 16 understands, and whether their parents may be told anything; once for each `key`."""
    if kept := made(CompetenceNote, key):
        return kept
    note = CompetenceNote(
        **named(key), person_key=person, noted_on=noted_on, why=why, own_words=own_words,
        may_tell_parents=may_tell_parents, safeguarding_lead=safeguarding_lead, by=by,
    )  # fmt: skip
    note.full_clean()
    note.save(force_insert=True)
    audit.record(by=by.pk, did="competence.noted", subject=f"client:{person}", details={"note": note.pk})
    return note
