"""The only place that knows SQL: tables, mapping, transactions, repositories, the queue."""
