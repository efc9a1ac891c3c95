"""What a leader asks while everybody looks on: sliders that answer at once, in a notebook, a browser or one file."""
