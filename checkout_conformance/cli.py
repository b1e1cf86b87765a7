"""The command ``checkout-conformance``: its subcommands, each imported when it is asked for."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module

import click
from click.shell_completion import CompletionItem, get_completion_class

from checkout_conformance.commands import (
    PASSES_ON,
    PROGRAM,
    SETTINGS,
    did_you_mean,
    status_of,
)
from checkout_conformance.project import (
    NO_DEVIANTS,
    NO_TWINS,
    content_package,
    has_content,
    version,
)
from checkout_conformance.statuses import Status
from checkout_conformance.team import ProjectError

# By heading and subcommand: its description, and the module with its ``command``. Modules are
# imported when needed: the reports take half a second.
SECTIONS = {
    "Begin": {
        "init": ("write a small project of your own", "checkout_conformance.own.init"),
        "new": ("add a procedure or a mock site to your project", "checkout_conformance.own.new"),
        "steps": (
            "list the sentences that features are written with",
            "checkout_conformance.own.steps",
        ),
        "schema": (
            "print the JSON schema of checkout.toml, conformance.json and others",
            "checkout_conformance.own.schema",
        ),
    },
    "Run": {
        "run": ("run the procedures on a target and make the reports", "checkout_conformance.run"),
        "check": (
            "look at a target's pages and labels before a run",
            "checkout_conformance.survey.command",
        ),
        "report": (
            "make the reports of earlier runs again",
            "checkout_conformance.reporting.command",
        ),
        "compare": (
            "compare the verdicts of a browser with those of the HTTP driver",
            "checkout_conformance.comparison.command",
        ),
        "load": (
            "have virtual buyers walk the procedures in great number",
            "checkout_conformance.load.command",
        ),
        "serve": ("serve the mock sites", __name__),
    },
    "Publish": {
        "export": (
            "write a run's results for other tools: JUnit, CTRF, Cucumber and others",
            "checkout_conformance.exports.command",
        ),
        "seal": ("pack a run into one signed file", "checkout_conformance.sealing.seal"),
        "verify": (
            "verify a sealed run, and recompute its verdict",
            "checkout_conformance.sealing.verify",
        ),
    },
    "Prove": {
        "deviants": (
            "run, list or serve deviants: sites with one deliberate error",
            "checkout_conformance.deviants.command",
        ),
        "twins": (
            "run, list or serve twins: right sites that are built differently",
            "checkout_conformance.twins.command",
        ),
        "oracle": (
            "drop and weaken each assertion of the steps: is it noticed?",
            "checkout_conformance.oracle.command",
        ),
    },
    "Help": {
        "completion": ("print what a shell needs to complete this command", __name__),
    },
}
COMMANDS = {name: about for section in SECTIONS.values() for name, about in section.items()}
# Earlier names.
ALIASES = {"check-target": "check"}
# Commands whose content is in a checkout only: what is said without it.
MISSING = {"deviants": NO_DEVIANTS, "oracle": NO_DEVIANTS, "twins": NO_TWINS}
# The content of a command, if it has another name.
FOLDERS = {"oracle": "deviants"}
SHELLS = ("bash", "zsh", "fish")


class Subcommands(click.Group):
    """The subcommands. None is imported to list them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a subcommand. Raises UsageError if its content is not part of the package."""
        name = ALIASES.get(cmd_name, cmd_name)
        if name not in COMMANDS:
            return None
        if name in MISSING and not has_content(FOLDERS.get(name, name)):
            raise click.UsageError(MISSING[name], ctx)
        module = COMMANDS[name][1]
        if module == __name__:
            return _OWN[name]
        found: click.Command = import_module(module).command
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the subcommand of the first word. Raises UsageError with a similar name."""
        word = args[0]
        if word not in COMMANDS and word not in ALIASES:
            kind = "option" if word.startswith("-") else "command"
            ctx.fail(f"there is no {kind} {word}.{did_you_mean(word, COMMANDS)}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the subcommands by section."""
        for heading, commands in SECTIONS.items():
            with formatter.section(heading):
                formatter.write_dl([(name, what) for name, (what, _) in commands.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete a subcommand's name without importing any."""
        return [
            CompletionItem(name, help=what)
            for name, (what, _) in COMMANDS.items()
            if name.startswith(incomplete)
        ]


@click.group(
    cls=Subcommands,
    context_settings={**SETTINGS, "ignore_unknown_options": True},
    invoke_without_command=True,
    subcommand_metavar="COMMAND [ARGS]...",
)
@click.version_option(version(), prog_name=PROGRAM, message="%(prog)s %(version)s")
@click.pass_context
def command(ctx: click.Context) -> None:
    """Test checkout sites against published how-to documents, clause by clause.

    \b
      checkout-conformance init              write a small project into this folder
      checkout-conformance serve             look at the mock sites
      checkout-conformance run -m C2         run one procedure on them, with reports
      checkout-conformance COMMAND --help    what a command does, and its exit statuses

    Every command ends with 0 (conforms), 1 (does not), 2 (cannot tell), 3 (wrong usage) or
    4 (refused for safety).
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


@click.command(context_settings=PASSES_ON, add_help_option=False)
@click.argument("rest", nargs=-1, type=click.UNPROCESSED, metavar="[OPTIONS]...")
def serve(rest: tuple[str, ...]) -> int:
    """Serve the mock sites."""
    own = import_module("checkout_conformance.processes.mock_stack").own_options()
    try:
        sites = import_module(content_package("mock_sites.__main__"))
        status = sites.main([*own, *rest], SERVE)
    except SystemExit as stopped:
        # It has said what is wrong with an argument, or printed its help.
        return Status.USAGE if stopped.code else Status.CONFORMS
    return Status.CANNOT_TELL if status else Status.CONFORMS


SERVE = f"{PROGRAM} serve"


@click.command(context_settings=SETTINGS)
@click.argument("shell", type=click.Choice(SHELLS))
def completion(shell: str) -> None:
    """Print what a shell needs to complete this command.

    \b
      eval "$(checkout-conformance completion bash)"      in ~/.bashrc
      eval "$(checkout-conformance completion zsh)"       in ~/.zshrc
      checkout-conformance completion fish | source       in ~/.config/fish/config.fish
    """
    kind = get_completion_class(shell)
    assert kind is not None
    click.echo(kind(command, {}, PROGRAM, COMPLETE_VARIABLE).source())


COMPLETE_VARIABLE = "_CHECKOUT_CONFORMANCE_COMPLETE"
_OWN = {"serve": serve, "completion": completion}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the subcommand; return the exit status."""
    try:
        return status_of(command, arguments)
    except ProjectError as error:
        print(error, file=sys.stderr)
        return Status.USAGE
