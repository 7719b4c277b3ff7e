"""How records flow: archive → records (Parquet) → hits (Parquet). Knows no database and no people."""
