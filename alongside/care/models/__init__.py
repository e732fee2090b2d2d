from alongside.care.models.client import Client
from alongside.care.models.contact import Contact
from alongside.care.models.episode import Episode, Referral, Service
from alongside.care.models.goal import Event, Goal, GoalRating

__all__ = ["Client", "Contact", "Episode", "Event", "Goal", "GoalRating", "Referral", "Service"]
