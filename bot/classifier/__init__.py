"""The trained half of reading: a small model shipped with the package, asked offline."""
