"""A question in a child process with a clock. Touches a fork and a pipe."""
