"""Set-up: everything between a fresh clone and a running product or a finished test run.

Standard library only, because it runs before any virtual environment exists.
"""
