"""The record of processing: what is done with data about people, from the models, the register and the roles."""

from collections.abc import Iterator
from typing import Any

from reference_pages.kept import sealed
from reference_pages.loading import load_models

HEAD = """# Record of processing

What Article 30 of the UK GDPR asks an organisation to write down, as far as the program knows it. Your own name, your
data protection lead and whatever you do outside this program are yours to add. The site keeps the living register,
with your reasons, under Rights; this page is what a new organisation begins with.

- **Whose data.** People who are supported or asked to be, and those close to them whom they name; people who work here;
  those who read for funders; people who complain.
- **Where they come from.** The person, and whoever referred them.
- **Where they lie.** In the data folder, or the PostgreSQL database, of the machine that you chose, and in its backups.
- **Who else receives them.** Funders, as numbers with the small ones left out. Nobody else, and no other service: the
  site opens no connection.
- **Sent to other countries.** Never by the program. Where your machine and your backups stand is your choice.
- **Decided by a machine.** Nothing.
- **How they are protected.** [How data is protected](../explanation/protecting-data.md), and [who might try what, and
  what stands against it](../explanation/threat-model.md).

## Why, and on what ground

Each purpose can be changed on the site, and has to be confirmed there by the organisation. The ground is what is
proposed; ask whoever advises you.

| purpose | Article 6 | Article 9 | who receives it | kept |
|---|---|---|---|---|
"""
ROOMS = """
## What, for which purpose, seen by whom

Beside the role somebody needs a tie to the person, such as being on the team that supports them
([roles](roles.md)). Each field stands in [what is kept](privacy.md).

| record | what it is | names somebody | tells of somebody | purpose | kept | who may see it |
|---|---|---|---|---|---|---|
"""
FOR = {
    "care": ("SEE_CLIENTS",),
    "measures": ("SEE_CLIENTS",),
    "todo": ("SEE_CLIENTS",),
    "reporting": ("MAKE_REPORTS", "READ_OWN_REPORTS"),
    "addressbook": ("MAKE_REPORTS",),
    "rights": ("MANAGE_RIGHTS",),
    "audit": ("READ_AUDIT",),
    "access": ("MANAGE_PEOPLE",),
    "access.Relationship": ("SEE_CLIENTS",),
    "access.OwnLink": ("SEE_CLIENTS",),
    "access.Emergency": ("REVIEW_EMERGENCIES",),
}
ALONE = {"access.KeptForm": "whoever was writing it", "access.Session": "whose session it is"}
UNDER_CODES = {"measures.Response"}


def page() -> str:
    """Return the page."""
    load_models()
    from alongside.rights.defaults import PURPOSES, TIMES

    times = {str(one["name"]): _time(one) for one in TIMES}
    why = {code: (name, times[keeping]) for code, name, *_, keeping in PURPOSES}
    purposes = [
        f"| {name} | {basis} | {condition or '–'} | {recipients} | {times[keeping]} |\n"
        for _, name, basis, condition, _, recipients, keeping in PURPOSES
    ]
    return HEAD + "".join(purposes) + ROOMS + "".join(_rows(why))


def _time(said: dict[str, Any]) -> str:
    years = f"{said['years']} years after {'you say so' if said['trigger'] == 'by hand' else said['trigger']}"
    child = f", or until {said['child_until']} for whoever was a child" if said["child_until"] else ""
    return f"{years}{child}; then {said['action']}"


def _rows(why: dict[str, tuple[str, str]]) -> Iterator[str]:
    from django.apps import apps

    from alongside.core.sockets import sockets

    purposes = {**sockets.purposes, **{one.model: one.purpose for one in sockets.holdings}}
    for model in apps.get_models():
        private = getattr(model, "Privacy", None)
        meta: Any = model._meta
        if private is None or meta.app_label == "demo":
            continue
        naming, telling = (getattr(private, kind, ()) for kind in ("identifying", "sensitive"))
        if not naming and not telling and meta.label not in purposes:
            continue
        name, kept = why.get(purposes.get(meta.label, ""), ("keeping the site working", "as long as the site"))
        yield (
            f"| {meta.label} | {meta.verbose_name} | {_counted(meta, naming)} | {_counted(meta, telling)} | {name} "
            f"| {kept} | {_roles(meta)} |\n"
        )


def _counted(meta: Any, names: tuple[str, ...]) -> str:  # noqa: ANN401 - a Django model's options, loaded late
    if not names:
        return "no"
    hidden = sum(sealed(meta.get_field(name)) for name in names)
    return f"{len(names)} fields, {hidden} encrypted" if len(names) > 1 else f"1 field, {hidden} encrypted"


def _roles(meta: Any) -> str:  # noqa: ANN401
    from alongside.access.permissions import Permission
    from alongside.access.roles import MAY, Role

    if meta.label in ALONE:
        return ALONE[meta.label]
    asked = {Permission[name] for name in FOR.get(meta.label, FOR.get(meta.app_label, ()))}
    codes = [
        f"{role.label} (under codes)"
        for role in Role
        if meta.label in UNDER_CODES and Permission.TAKE_ANSWERS_UNDER_CODES in MAY[role]
    ]
    return ", ".join([*(role.label for role in Role if MAY[role] & asked), *codes]) or "everybody"
