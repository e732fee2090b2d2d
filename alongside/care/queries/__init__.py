"""What is read of clients and their support. Every read of a client starts from `visible_to`."""

from alongside.care.queries.people import visible_to

__all__ = ["visible_to"]
