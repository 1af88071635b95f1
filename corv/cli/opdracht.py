"""Command lines to offer: what a user can type next, in this very working folder."""

import shlex
from typing import Any

import click
from click.core import ParameterSource


def corv() -> str:
    """How a command line of ours begins here: with --map where the user gave it."""
    return typed(click.get_current_context(), "").rstrip()


def typed(ctx: click.Context, rest: str) -> str:
    """`corv ...`, with --map where the user gave it; a folder that came from CORV_MAP or is the current one goes without."""
    top = ctx.find_root()
    is_given = top.get_parameter_source("map_") is ParameterSource.COMMANDLINE
    return f"corv --map {shlex.quote(str(top.params['map_']))} {rest}" if is_given else f"corv {rest}"


def again(ctx: click.Context, **changes: Any) -> str:
    """The command line that is running now, with other values for some options."""
    words = [ctx.command.name or ""]
    for option in ctx.command.params:
        value = {**ctx.params, **changes}.get(option.name or "")
        if value is True:
            words.append(option.opts[-1])
        elif value is not None and value is not False:
            values = value if isinstance(value, tuple) else (value,)
            words += [word for one in values for word in (option.opts[-1], str(one))]
    return typed(ctx, shlex.join(words))
