"""What this room holds of people, and why. Nobody’s notes can be found by who they are: they stand with no person."""

PURPOSES = {
    "voice.Note": "voices",
    "voice.Document": "voices",
    "voice.Told": "voices",
    "voice.Assessment": "duties",
}
