"""What people send: one answer, the opening of a form, a correction. What cannot be used is asked for again."""

from alongside.measures.forms.answer import AnswerForm, answer_form
from alongside.measures.forms.correcting import CorrectionForm
from alongside.measures.forms.opening import OpenForm

__all__ = ["AnswerForm", "CorrectionForm", "OpenForm", "answer_form"]
