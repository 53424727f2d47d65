"""Work that a phone sends for a visit which is unknown or not its shopper's: kept, and decided on by the office."""
