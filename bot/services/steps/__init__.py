"""Steps inside a unit of work: what the use cases are built from."""
