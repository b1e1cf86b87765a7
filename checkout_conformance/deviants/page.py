"""The kill matrix as a page that loads nothing, and lines for the terminal."""

from __future__ import annotations

from checkout_conformance.clauses import Clause, read_clauses
from checkout_conformance.deviants.matrix import Attempt, DeviantRecord, KillMatrix, Outcome
from checkout_conformance.reporting.templates import environment, style

# By outcome: its sign in the matrix and its CSS class.
SIGNS = {
    Outcome.KILLED: ("✗", "passed"),
    Outcome.PASSED: ("·", "not_run"),
    Outcome.WRONG_PLACE: ("!", "failed"),
    Outcome.BROKE: ("!", "failed"),
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
            not_killed=[one for one in matrix.deviants if not one.killed],
        )
    )


def _broken(matrix: KillMatrix, clause: Clause) -> list[DeviantRecord]:
    return [deviant for deviant in matrix.deviants if deviant.clause == clause.id]


def _scenarios(matrix: KillMatrix, clause: Clause) -> list[str]:
    """Return the scenarios of a clause's deviants: the columns of its matrix."""
    tried = [one.scenario for deviant in _broken(matrix, clause) for one in deviant.attempts]
    return list(dict.fromkeys(tried))


def _tried(deviant: DeviantRecord, scenario: str) -> Attempt | None:
    return next((one for one in deviant.attempts if one.scenario == scenario), None)


def verdict_line(matrix: KillMatrix) -> str:
    """Return ``Proven: 96 of 96 deviants killed…`` or ``Not proven: …``."""
    killed = sum(deviant.killed for deviant in matrix.deviants)
    parts = [f"{killed} of {len(matrix.deviants)} deviants killed"]
    verdicts = [deviant.verdict for deviant in matrix.deviants if not deviant.killed]
    parts += [f"{verdicts.count(verdict)} {verdict}" for verdict in dict.fromkeys(verdicts)]
    passed = len(matrix.reference) - len(matrix.unlike_reference)
    parts.append(f"the reference passed {passed} of {len(matrix.reference)} scenarios")
    return f"{'Proven' if matrix.proven else 'Not proven'}: {', '.join(parts)}."


def result_line(deviant: DeviantRecord) -> str:
    """Return the result of a deviant on one line."""
    line = f"{deviant.verdict:9} {deviant.clause}  {deviant.name}  {deviant.seconds:.1f} s"
    last = next((one for one in reversed(deviant.attempts) if one.step), None)
    return f"{line}  {last.scenario} › {last.step}" if last else line
