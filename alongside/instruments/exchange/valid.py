"""Whether a resource is FHIR: fhir.resources' own models, release 4B, say so."""

import functools
from typing import TYPE_CHECKING

from pydantic import ValidationError

from alongside.instruments.exchange.answered import Unfit
from alongside.instruments.exchange.codes import Resource
from alongside.instruments.marks import shown

if TYPE_CHECKING:
    from fhir.resources.R4B.fhirresourcemodel import FHIRResourceModel


def valid(resource: Resource) -> Resource:
    """Let a resource through if it is one.

    Parameters
    ----------
    resource
        A Questionnaire, QuestionnaireResponse, Observation or Bundle, as JSON has it.

    Returns
    -------
    dict
        The same.

    Raises
    ------
    Unfit
        If its parts are not as FHIR R4B has them.

    Examples
    --------
    >>> valid({"resourceType": "QuestionnaireResponse", "status": "completed", "mood": 3})
    Traceback (most recent call last):
    ...
    alongside.instruments.exchange.answered.Unfit: mood is not as FHIR R4B has it (extra inputs are not permitted); \
correct it.
    """
    kind = resource.get("resourceType")
    model = _models().get(kind) if isinstance(kind, str) else None
    if model is None:
        raise Unfit(f"a resource “{shown(kind)}” is not read here; give QuestionnaireResponses.")
    try:
        model.model_validate(resource)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        place = shown(".".join(map(str, first["loc"])) or kind)
        said = first["msg"].split("\n")[0].rstrip(". ")
        raise Unfit(f"{place} is not as FHIR R4B has it ({said[:1].lower()}{said[1:100]}); correct it.") from error
    except RecursionError as error:
        raise Unfit("its parts stand too deep inside one another; take some of them out.") from error
    return resource


@functools.cache
def _models() -> "dict[str, type[FHIRResourceModel]]":
    """They are slow to load, so only when one is asked for."""
    from fhir.resources.R4B.bundle import Bundle
    from fhir.resources.R4B.observation import Observation
    from fhir.resources.R4B.questionnaire import Questionnaire
    from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse

    return {model.__name__: model for model in (Bundle, Observation, Questionnaire, QuestionnaireResponse)}
