"""gunicorn's own lines in the same form as the application's; apart, because only gunicorn needs it."""

from __future__ import annotations

from typing import Any

from gunicorn.glogging import Logger

from shopper.operating.logs import Lines, speak


class ServerLog(Logger):
    """What gunicorn calls to write a line."""

    def setup(self, cfg: Any) -> None:
        """Replace the form of gunicorn's lines, and let the application's be written."""
        super().setup(cfg)
        self._set_handler(self.error_log, cfg.errorlog, Lines())
        speak()
