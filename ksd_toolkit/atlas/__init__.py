"""What an office brings about regions: indicators, boundaries and other codes, checked and kept."""
