"""What may be concluded from visits: intervals and judgements over locations. Pure, ordinary floating point."""
