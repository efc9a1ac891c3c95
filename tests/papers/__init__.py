"""Papers made from templates."""
