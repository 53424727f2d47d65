"""The whole Chromium, as people have it: what is measured must not be faster than what they see."""

from tests.browser.conftest import FLAGS

__all__ = ["CHROMIUM", "FLAGS"]

CHROMIUM = "/usr/bin/chromium"
