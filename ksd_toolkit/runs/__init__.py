"""Run a dossier from questionnaires to papers."""
