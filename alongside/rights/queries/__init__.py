"""What is read about rights. What is about one person starts from whoever may see them."""

from alongside.rights.queries.consents import permitted

__all__ = ["permitted"]
