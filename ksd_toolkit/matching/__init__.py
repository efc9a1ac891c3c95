"""Partners: who shares a problem, who can help, who is near, and what the law makes of each pair."""
