"""The web application: pages, the phone's addresses, the worker and the command line."""
