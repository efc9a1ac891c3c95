"""Tests of what is said about a score."""
