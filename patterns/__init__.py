"""What a leak looks like. Pure: text in, hits out; no file, database, terminal or network."""
