"""Forms on paper: printed with every place known to a tenth of a millimetre, and read back from a scan or a photo."""
