"""Unsent work that a phone wrote into a file, brought in by the office on the road that sent work takes."""
