"""Where the runner is: cities, time zones and countries, all looked up offline."""
