"""An invented organisation to try the software with. Never installed where real people are."""
