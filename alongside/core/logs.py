"""What the server writes when something breaks: where and what kind, never what anybody said."""

import logging
import traceback
from types import TracebackType


class WithoutWords(logging.Formatter):
    """Formats a fault as its kind and its place in the code; its message may quote a record and is left out."""

    def formatException(  # noqa: N802 - the library's name
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        """Write the chain of faults, the first cause first."""
        chain: list[BaseException] = []
        fault = ei[1]
        while fault is not None:
            chain.append(fault)
            fault = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
        return "\n".join(
            "".join([*traceback.format_tb(one.__traceback__), f"{type(one).__module__}.{type(one).__qualname__}"])
            for one in reversed(chain)
        )
