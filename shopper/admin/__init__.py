"""The office's pages, a module per noun."""
