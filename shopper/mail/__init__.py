"""Mail: written in the reader's language beside what it tells, and sent by the worker."""
