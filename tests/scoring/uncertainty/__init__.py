"""Tests of the score."""
