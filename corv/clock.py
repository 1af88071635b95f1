"""The real clock. Apart from `app`, so that a question need not import all that works."""

from datetime import UTC, datetime


def utc_now() -> datetime:
    """What time it is."""
    return datetime.now(UTC)  # noqa: TID251 - the one place that asks the time
