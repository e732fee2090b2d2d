"""What this room holds of people, and why. A decision is about a note, which stands with no person."""

PURPOSES = {"moderation.Decision": "voices"}
