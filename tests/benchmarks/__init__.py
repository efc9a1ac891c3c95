"""Other libraries beside ours: where they agree, and where they are wrong."""
