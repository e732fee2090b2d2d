"""What an organisation can show to whoever asks how it looks after its records. It holds nothing of its own."""
