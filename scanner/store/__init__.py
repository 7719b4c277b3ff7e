"""The findings database (DuckDB). All of the project's SQL stands in this package; nothing else opens the file.

It holds masked values and keyed fingerprints, never a raw value. Connections are short: one process may write at a
time, so each operation opens, works and closes, and waits a little for another to finish.
"""
