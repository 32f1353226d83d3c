"""What runners type, turned into values: ratings, times, and findings with how they are meant."""
