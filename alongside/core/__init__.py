"""What every room stands on: keys, encryption, the clock, the layout and the sockets. No feature lives here."""
