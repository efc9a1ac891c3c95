"""The same usulan seen more than one way: under other profiles, by other rankings, a period ago."""
