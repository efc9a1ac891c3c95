"""A simulated nation: dossiers as regencies and cities would bring them, for batch tests and benchmarks."""
