"""Filled-in forms of nobody: what a reader of forms is tuned on and measured by. Everything on them is known."""

from alongside.paper.invented.making import KINDS, pages
from alongside.paper.invented.truth import Invented, Truth

__all__ = ["KINDS", "Invented", "Truth", "pages"]
