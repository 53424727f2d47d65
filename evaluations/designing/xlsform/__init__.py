"""Checklists as XLSForm workbooks: read whole or refused with the reason for each row, and written without loss.

The sheets `survey`, `choices` and `settings` are as the XLSForm standard has them; what a checklist has beyond
it stands in columns of our own, and what no column can say as JSON in the column `more`.
"""
