"""Boards that move by themselves: a log of numbered events, and a hub that sends each audience one frame of them.

An action appends an event inside its own transaction. Once that is committed, the hub of this process sends a frame to
everybody who is listening, at once where it was quiet and every tenth of a second where it is not. Frames are built
once for each audience from what the records say at that moment, never from what was said before.
"""
