"""Clients, and the support they receive: referrals, episodes, contacts, goals."""
