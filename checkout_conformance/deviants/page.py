"""The kill matrix as a page that loads nothing, and lines for the terminal."""

from __future__ import annotations

from checkout_conformance.clauses import Clause, read_clauses
from checkout_conformance.deviants.matrix import (
    BROWSER,
    HTTP,
    Attempt,
    DeviantRecord,
    KillMatrix,
    Outcome,
    is_fine,
)
from checkout_conformance.reporting.templates import environment, style

# By outcome: its sign in the matrix and its CSS class.
SIGNS = {
    Outcome.KILLED: ("✗", "passed"),
    Outcome.PASSED: ("·", "not_run"),
    Outcome.WRONG_PLACE: ("!", "failed"),
    Outcome.BROKE: ("!", "failed"),
    Outcome.NOT_TRIED: ("○", "not_run"),
}


def render_matrix(matrix: KillMatrix) -> str:
    """Return the HTML page: the verdict, the failures and a matrix for each clause."""
    return (
        environment()
        .get_template("deviants.html")
        .render(
            matrix=matrix,
            verdict=verdict_line(matrix),
            own_style=style("deviants.css"),
            clauses=[clause for clause in read_clauses().values() if _broken(matrix, clause)],
            broken=lambda clause: _broken(matrix, clause),
            scenarios=lambda clause: _scenarios(matrix, clause),
            tried=_tried,
            signs=SIGNS,
            reason=reason,
            both=HTTP in matrix.drivers,
            not_killed=[one for one in matrix.deviants if not one.killed],
        )
    )


def _broken(matrix: KillMatrix, clause: Clause) -> list[DeviantRecord]:
    return [deviant for deviant in matrix.deviants if deviant.clause == clause.id]


def _scenarios(matrix: KillMatrix, clause: Clause) -> list[str]:
    """Return the scenarios of a clause's deviants: the columns of its matrix."""
    tried = [one.scenario for deviant in _broken(matrix, clause) for one in deviant.attempts]
    return list(dict.fromkeys(tried))


def _tried(deviant: DeviantRecord, scenario: str) -> list[Attempt]:
    """Return what a scenario made of a deviant, with each driver that tried it."""
    return [one for one in deviant.attempts if one.scenario == scenario]


def verdict_line(matrix: KillMatrix) -> str:
    """Return ``Proven: 96 of 96 deviants killed…`` or ``Not proven: …``."""
    killed = sum(deviant.killed for deviant in matrix.deviants)
    parts = [f"{killed} of {len(matrix.deviants)} deviants killed{_by_drivers(matrix)}"]
    verdicts = [deviant.verdict for deviant in matrix.deviants if not deviant.killed]
    parts += [f"{verdicts.count(verdict)} {verdict}" for verdict in dict.fromkeys(verdicts)]
    parts += [_differences(matrix)] if matrix.differences else []
    parts.append(_reference(matrix))
    return f"{'Proven' if matrix.proven else 'Not proven'}: {', '.join(parts)}."


def _by_drivers(matrix: KillMatrix) -> str:
    if HTTP not in matrix.drivers:
        return ""
    over_http, in_browser = (len(matrix.killed_by(driver)) for driver in (HTTP, BROWSER))
    return f" ({over_http} over HTTP, {in_browser} only in the browser)"


def _differences(matrix: KillMatrix) -> str:
    count = len(matrix.differences)
    return f"the drivers differ on {count} deviant{'' if count == 1 else 's'}"


def _reference(matrix: KillMatrix) -> str:
    tried = [one for one in matrix.reference if one.outcome is not Outcome.NOT_TRIED]
    passed = sum(map(is_fine, tried))
    text = f"the reference passed {passed} of {len(tried)} scenarios"
    untried = len(matrix.reference) - len(tried)
    return f"{text} and {untried} were not tried by the HTTP driver" if untried else text


def closing_lines(matrix: KillMatrix) -> str:
    """Return the last lines for the terminal: what only the browser killed, then the verdict."""
    lines = [
        f"only in the browser  {one.clause}  {one.name}  {reason(one)}"
        for one in matrix.only_in_browser
    ]
    return "\n".join([*lines, verdict_line(matrix)])


def reason(deviant: DeviantRecord) -> str:
    """Return why only the browser killed a deviant; a difference if its scenario was tried."""
    if deviant.differs:
        over_http = deviant.over_http or "not run (run again with --note-kills)"
        return f"the drivers differ: {deviant.scenario}: {over_http} over HTTP"
    return deviant.needs


def result_line(deviant: DeviantRecord) -> str:
    """Return the result of a deviant on one line."""
    line = f"{deviant.verdict:9} {deviant.clause}  {deviant.name}  {deviant.seconds:.1f} s"
    last = next((one for one in reversed(deviant.attempts) if one.step), None)
    return f"{line}  {last.scenario} › {last.step}" if last else line
