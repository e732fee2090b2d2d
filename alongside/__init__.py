"""Software for user-led organisations that support people who self-harm, and for the people they support."""

__version__ = "0.1.0"
