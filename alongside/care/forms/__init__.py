"""What people type; every error says what to do."""

from alongside.care.forms.about import AboutForm
from alongside.care.forms.contact import ContactForm
from alongside.care.forms.goal import EventForm, GoalForm, RatingForm
from alongside.care.forms.support import AddForm, EndForm, SupportForm

__all__ = ["AboutForm", "AddForm", "ContactForm", "EndForm", "EventForm", "GoalForm", "RatingForm", "SupportForm"]
