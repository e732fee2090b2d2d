"""What this room holds of people: for copies and erasure."""

from alongside.core.sockets import Holding

HOLDINGS = (
    Holding(
        model="todo.Task",
        title="What workers were asked to do for you",
        purpose="support",
        place=30,
        path="subject_key",
        names_others=("title",),
        audited_as="task",
    ),
)
