"""What Aftermile knows about runners, pain, signs and schedules: pure values, no I/O, no clock."""
