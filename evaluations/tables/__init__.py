"""Tables that people send: CSV files and workbooks, read within limits whatever is in them."""
