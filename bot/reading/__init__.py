"""What runners type, turned into values: ratings, times, and (later) findings with certainty."""
