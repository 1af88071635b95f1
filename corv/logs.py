"""Logs: one record a message, on standard error. For a person on a terminal, as JSON lines for everything else."""

import logging
import sys

import structlog


def configure_logs(*, quiet: bool) -> None:
    """Set up structlog for this process. `quiet` keeps only warnings and errors, for a command that prints its own answer."""
    renderer = structlog.dev.ConsoleRenderer() if sys.stderr.isatty() else structlog.processors.JSONRenderer(ensure_ascii=False)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="op"),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING if quiet else logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
