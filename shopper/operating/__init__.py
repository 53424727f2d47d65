"""Keeping an installation: backing it up, restoring it, moving it to another database, watching over it."""

from __future__ import annotations


class CannotBeDone(Exception):
    """Why a command that keeps the installation stopped, in one sentence with what to do about it."""
