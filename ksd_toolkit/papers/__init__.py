"""What each formal paper says: words and blocks for the places its template leaves open."""
