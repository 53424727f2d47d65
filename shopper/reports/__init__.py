"""Reports as HTML and PDF: the words, figures and pictures of visits, set in the reader's language.

Only the worker and the command line import this; it brings WeasyPrint with it.
"""

from shopper.reports.visit import of_visit, page, render

__all__ = ["of_visit", "page", "render"]
