"""Signing in and out, the first owner, and one's own profile."""
