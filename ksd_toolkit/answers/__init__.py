"""The answers looked at: who answered, how completely, how far raters agree, and what overlaps."""
