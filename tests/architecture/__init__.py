"""Tests about the repository itself: what the rules of the house say, the code does."""
