"""The nouns, one module per family; importing this package makes every table known."""

from evaluations.models.announcements import Announcement
from evaluations.models.audit import AuditEntry
from evaluations.models.base import Base, new_id
from evaluations.models.checklists import Checklist, Dismissal, Version, Withdrawal
from evaluations.models.clients import Area, Client, Location, LocationKind, Paper
from evaluations.models.evaluations import (
    INSTALLATION,
    STANDING,
    Change,
    CurrentRegister,
    Evaluation,
    EvaluationState,
    Submission,
    move,
)
from evaluations.models.exports import Export, ExportItem, ExportKind, ExportState
from evaluations.models.follow_ups import FOLLOWED, FollowUp, FollowUpState
from evaluations.models.found import FoundItem, FoundSort, FoundState, FoundWork
from evaluations.models.imports import Import, ImportState
from evaluations.models.mails import Mail, MailState
from evaluations.models.notices import Notice, NoticeKind
from evaluations.models.people import (
    OFFICE,
    FailedSignIn,
    Link,
    LinkPurpose,
    Person,
    PersonArea,
    PersonLocation,
    Role,
    SignIn,
)
from evaluations.models.photos import Photo, PhotoBand
from evaluations.models.pictures import ReferencePicture
from evaluations.models.programmes import Capture, Programme, Release, Wave
from evaluations.models.reviews import Decision, Remark, Review
from evaluations.models.scorecards import Cause, Fact, FactKind, Report, ReportState, Scorecard
from evaluations.models.steps import Clipping, Step, StepState
from evaluations.models.touchpoints import (
    Beginning,
    Kept,
    KeptVersion,
    OwnQuestion,
    OwnQuestionVersion,
    OwnTouchpoint,
    OwnTouchpointVersion,
    Template,
    TemplateVersion,
)
from evaluations.models.visits import Outcome, Visit, VisitState, was_made
from evaluations.models.withholdings import PICTURE, Withholding

__all__ = [
    "FOLLOWED",
    "INSTALLATION",
    "OFFICE",
    "PICTURE",
    "STANDING",
    "Announcement",
    "Area",
    "AuditEntry",
    "Base",
    "Beginning",
    "Capture",
    "Cause",
    "Change",
    "Checklist",
    "Client",
    "Clipping",
    "CurrentRegister",
    "Decision",
    "Dismissal",
    "Evaluation",
    "EvaluationState",
    "Export",
    "ExportItem",
    "ExportKind",
    "ExportState",
    "Fact",
    "FactKind",
    "FailedSignIn",
    "FollowUp",
    "FollowUpState",
    "FoundItem",
    "FoundSort",
    "FoundState",
    "FoundWork",
    "Import",
    "ImportState",
    "Kept",
    "KeptVersion",
    "Link",
    "LinkPurpose",
    "Location",
    "LocationKind",
    "Mail",
    "MailState",
    "Notice",
    "NoticeKind",
    "Outcome",
    "OwnQuestion",
    "OwnQuestionVersion",
    "OwnTouchpoint",
    "OwnTouchpointVersion",
    "Paper",
    "Person",
    "PersonArea",
    "PersonLocation",
    "Photo",
    "PhotoBand",
    "Programme",
    "ReferencePicture",
    "Release",
    "Remark",
    "Report",
    "ReportState",
    "Review",
    "Role",
    "Scorecard",
    "SignIn",
    "Step",
    "StepState",
    "Submission",
    "Template",
    "TemplateVersion",
    "Version",
    "Visit",
    "VisitState",
    "Wave",
    "Withdrawal",
    "Withholding",
    "move",
    "new_id",
    "was_made",
]
