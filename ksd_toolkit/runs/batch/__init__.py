"""Many runs as one: what has not changed is skipped, what fails stops no other, what is published is whole."""
