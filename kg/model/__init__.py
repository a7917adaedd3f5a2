"""The words as values, and the one rule of standing. Touches its arguments only."""
