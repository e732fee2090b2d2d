"""A referral, and the support that begins and ends."""

from datetime import date

from alongside.access import actions as access
from alongside.access.models import Relationship, User
from alongside.addressbook.models import Organisation
from alongside.audit import actions as audit
from alongside.care.models import Client, Episode, Referral, Service


@audit.recorded
def refer(
    *,
    client: Client,
    way: Referral.Way,
    received_on: date,
    by: User,
    organisation: Organisation | None = None,
    key: str = "",
) -> Referral:
    """Record somebody's way in, linked to the last one."""
    previous = client.referrals.order_by("-received_on", "-made_at").first()
    referral = Referral(
        **{"key": key} if key else {},
        client=client,
        way=way,
        received_on=received_on,
        organisation=organisation,
        previous=previous,
    )
    referral.full_clean()
    referral.save(force_insert=True)
    audit.record(by=by.pk, did="referral.received", subject=f"client:{client.pk}", details={"referral": referral.pk})
    return referral


@audit.recorded
def start(
    *,
    referral: Referral,
    service: Service,
    practitioner: User,
    funder: Organisation | None,
    started_on: date,
    by: User,
) -> Episode:
    """Begin support. The practitioner and the service's team can see the client from now on."""
    episode = Episode(
        client=referral.client,
        service=service,
        practitioner=practitioner,
        funder=funder,
        referral=referral,
        started_on=started_on,
    )
    episode.full_clean()
    episode.save(force_insert=True)
    client = referral.client_id
    access.begin(kind=Relationship.Kind.CASELOAD, user=practitioner, subject_key=client, by=by.pk)
    access.begin(kind=Relationship.Kind.TEAM, team=service.team, subject_key=client, by=by.pk)
    audit.record(
        by=by.pk, did="episode.started", subject=f"client:{referral.client_id}", details={"episode": episode.pk}
    )
    return episode


@audit.recorded
def end(*, episode: Episode, ended_on: date, ending: Episode.Ending, by: User) -> Episode:
    """End support; saying it twice changes nothing.

    The team still sees the client, for after-care; the practitioner only through the team.
    """
    held = Episode.objects.select_for_update(of=("self",)).get(pk=episode.pk)
    if held.ended_on is not None:
        return held
    held.ended_on, held.ending = ended_on, ending
    held.full_clean()
    held.save(update_fields=["ended_on", "ending"])
    others = Episode.objects.open().worked_by(held.practitioner).filter(client=held.client_id)
    if not others.exists():
        access.end(kind=Relationship.Kind.CASELOAD, subject_key=held.client_id, user=held.practitioner, by=by.pk)
    audit.record(by=by.pk, did="episode.ended", subject=f"client:{held.client_id}", details={"episode": held.pk})
    return held
