"""What other programs run is none of the tests."""

collect_ignore = ["readers.py", "writers.py"]
