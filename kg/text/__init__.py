"""A value as text that is safe to show, and the careful writer of files."""
