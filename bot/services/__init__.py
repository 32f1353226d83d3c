"""Use cases: one class, one transaction, one outcome each; they talk out through ports only."""
