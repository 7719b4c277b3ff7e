"""Synthetic people, documents and archives: for ``scan demo``, the tests and the benchmarks. No real person in it."""
