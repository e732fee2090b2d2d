"""What people do with forms; `library` and `schedules` hold what a manager and a worker decide about measures."""

from alongside.measures.actions.forms import (
    ChangedMeanwhile,
    Closed,
    NotOffered,
    answer,
    ask_to_check_in,
    correct,
    hand_over,
    open_form,
    send,
    take_back,
    take_over,
    type_in,
)

__all__ = [
    "ChangedMeanwhile", "Closed", "NotOffered", "answer", "ask_to_check_in", "correct", "hand_over", "open_form",
    "send", "take_back", "take_over", "type_in",
]  # fmt: skip
