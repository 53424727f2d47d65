"""GET /health: whether this installation works, for whoever watches over it; it tells of nobody."""

from __future__ import annotations

import time
from datetime import datetime
from threading import Lock

from flask import Blueprint, Response, current_app, jsonify
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from evaluations.clock import now
from evaluations.database import is_current
from evaluations.models import Report, ReportState
from shopper import checking
from shopper.config import Config
from shopper.permissions import open_to_all

AGAIN_AFTER_S = 2.0
bp = Blueprint("health", __name__)


class Watch:
    """Looks at database and storage, at most every few seconds however often it is asked: anybody may ask."""

    def __init__(self, config: Config, engine: Engine) -> None:
        self._config = config
        self._engine = engine
        self._lock = Lock()
        self._looked = 0.0
        self._seen: tuple[dict[str, object], int] | None = None

    def look(self, at: datetime) -> tuple[dict[str, object], int]:
        """What was found, and the status that goes with it."""
        with self._lock:
            if self._seen is None or time.monotonic() - self._looked > AGAIN_AFTER_S:
                self._seen = self._found(at)
                self._looked = time.monotonic()
            return self._seen

    def _found(self, at: datetime) -> tuple[dict[str, object], int]:
        database, waited = self._database(at)
        folders = {"photos": self._config.photos, "reports": self._config.reports}
        writable = all(checking.storage(name, folder).is_fine for name, folder in folders.items())
        storage = "writable" if writable else "not writable"
        is_late = waited is not None and waited > checking.OVERDUE.total_seconds()
        is_fine = database == "current" and writable
        status = ("late" if is_late else "ok") if is_fine else "failing"
        told: dict[str, object] = {
            "status": status,
            "database": database,
            "storage": storage,
            "oldest_owed_report_s": waited,
        }
        return told, 200 if is_fine else 503

    def _database(self, at: datetime) -> tuple[str, int | None]:
        """How the database stands, and for how many seconds a report has been owed at the longest."""
        try:
            if not is_current(self._engine):
                return "not this version's", None
            with Session(self._engine) as session:
                owed = Report.state.in_((ReportState.OWED, ReportState.RENDERING))
                oldest = session.scalar(select(func.min(Report.owed_at)).where(owed))
        except SQLAlchemyError:
            return "unreachable", None
        return "current", None if oldest is None else max(0, round((at - oldest).total_seconds()))


@bp.get("/health")
@open_to_all
def look() -> tuple[Response, int]:
    """Say how this installation is: 200 when it works, 503 when it does not."""
    watch: Watch = current_app.extensions["health"]
    told, status = watch.look(now())
    return jsonify(told), status
