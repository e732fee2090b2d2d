"""What people may ask of us about their data: consents, copies, erasure, keeping times, complaints and breaches."""
