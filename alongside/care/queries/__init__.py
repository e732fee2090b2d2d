"""What is read of clients and their support. Every read of a client starts from `visible_to`."""

from alongside.care.queries.people import may_see, visible_to

__all__ = ["may_see", "visible_to"]
