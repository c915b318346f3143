"""Proposals: one engine, language packs as data."""
