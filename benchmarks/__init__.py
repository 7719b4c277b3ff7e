"""Seeded corpora with gold answers; speed and quality measured."""
