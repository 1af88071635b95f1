"""Text of somebody else, so that showing it can't disturb a terminal: what XML allows may yet move the cursor or turn a line."""

import json
import unicodedata
from typing import Any


def _disturbs(char: str) -> bool:
    return unicodedata.category(char)[0] == "C" or char in "\u2028\u2029"  # the last two begin another line


def visible(text: str) -> str:
    """Text without control characters, which could rewrite the screen: they are shown as escapes."""
    if text.isprintable():
        return text
    return "".join(char.encode("unicode_escape").decode() if _disturbs(char) else char for char in text)


def json_text(value: Any, **options: Any) -> str:
    """JSON on one line, in which the same characters stand as escapes of JSON: who parses it gets the very same value."""
    text = json.dumps(value, ensure_ascii=False, **options)
    if text.isprintable():
        return text
    return "".join(json.dumps(char)[1:-1] if _disturbs(char) else char for char in text)
