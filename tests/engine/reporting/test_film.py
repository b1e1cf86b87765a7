"""``report --film``: the documented walks as animated pictures, from the pictures of a run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from checkout_conformance.plan import PlannedScenario, read_plan
from checkout_conformance.reporting import film
from checkout_conformance.reporting.command import judge_results, main
from checkout_conformance.reporting.conformance import Conformance
from checkout_conformance.reporting.places import begin_run
from tests.support.sample_results import write_result

COLOURS = ("#aa2211", "#22aa11", "#2211aa", "#aaaa11", "#11aaaa", "#aa11aa")
PHONE, DESKTOP = (412, 839), (900, 562)


def walk_of(procedure: str, edition: str = "") -> PlannedScenario:
    return next(
        one
        for one in read_plan()
        if one.is_walk and not one.example and one.edition == edition
        if one.clauses[0] == f"{procedure}.1" and len(one.clauses) == 6
    )


def walked(folder: Path, walk: PlannedScenario, size: tuple[int, int], number: int = 0) -> Path:
    """The results of a walk that left a picture of one colour at each clause."""
    write_result(folder, number, walk)
    file = folder / f"{number}-result.json"
    result = json.loads(file.read_text("utf-8"))
    for step, colour in zip(result["steps"], COLOURS, strict=True):
        name = f"{number}-{step['name'][:4]}-attachment.webp"
        Image.new("RGB", size, colour).save(folder / name, lossless=True)
        step["attachments"] = [
            {"name": "What the buyer sees", "source": name, "type": "image/webp"}
        ]
        step["steps"] = [{"name": "When the buyer pays", "status": "passed", "start": 0, "stop": 1}]
    file.write_text(json.dumps(result), "utf-8")
    return folder


def frames_of(file: Path) -> list[tuple[Image.Image, int]]:
    """The frames of a film, and how long each stays, in milliseconds."""
    found = []
    with Image.open(file) as opened:
        for number in range(getattr(opened, "n_frames", 1)):
            opened.seek(number)
            opened.load()
            found.append((opened.convert("RGB"), opened.info["duration"]))
    return found


def made(results: Path, into: Path) -> dict[str, Path]:
    main([str(results), "--into", str(into), "--no-allure", "--film"])
    return {file.stem: file for file in into.glob("walk-*.webp")}


@pytest.mark.parametrize(("procedure", "size"), [("W1", DESKTOP), ("C3", PHONE)])
def test_a_frame_per_clause_shows_its_picture_whole_below_a_caption(
    tmp_path: Path, procedure: str, size: tuple[int, int]
) -> None:
    results = walked(tmp_path / "results", walk_of(procedure), size)
    films = made(results, tmp_path)
    assert list(films) == [f"walk-{procedure}"]
    frames = frames_of(films[f"walk-{procedure}"])
    assert [stays for _, stays in frames] == [2500] * 5 + [6000]
    width, height = size
    for (frame, _), colour in zip(frames, COLOURS, strict=True):
        assert frame.width == width
        top = frame.height - height
        assert top > 40
        # Nothing but the run's own picture stands there, no shadow of the frame before either.
        shown = frame.crop((0, top + 4, width, frame.height))
        differs = ImageChops.difference(shown, Image.new("RGB", shown.size, colour))
        assert max(ImageStat.Stat(differs).mean) < 4
        caption = frame.crop((0, 0, width, top - 8)).convert("L")
        darkest, _ = caption.getextrema()
        assert isinstance(darkest, int | float)
        assert darkest < 100
    assert films[f"walk-{procedure}"].stat().st_size < 1_500_000


def test_an_arabic_walk_is_read_from_right_to_left(tmp_path: Path) -> None:
    english = walked(tmp_path / "results", walk_of("W1"), DESKTOP)
    [(first, _), *_rest] = frames_of(made(english, tmp_path)["walk-W1"])
    film.write_films(_document(english), [english], tmp_path, "ar")
    [(arabic, _), *_rest] = frames_of(tmp_path / "walk-W1.webp")
    # The first line has the title at one end and "1 / 6" at the other: the title is the longer.
    assert _ink(first, "left") > _ink(first, "right")
    assert _ink(arabic, "right") > _ink(arabic, "left")


def test_walks_in_the_language_of_the_report_come_first(tmp_path: Path) -> None:
    results = walked(tmp_path / "results", walk_of("W1"), DESKTOP, 0)
    walked(results, walk_of("W1", "ar"), PHONE, 1)
    for language, width in (("ar", PHONE[0]), ("en", DESKTOP[0])):
        [only] = film.write_films(_document(results), [results], tmp_path, language)
        assert frames_of(only)[0][0].width == width


def test_a_run_without_pictures_says_so_and_leaves_no_earlier_film(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "walk-W1.webp").write_bytes(b"earlier")
    write_result(tmp_path / "results", 0, walk_of("W1"))
    assert made(tmp_path / "results", tmp_path) == {}
    assert "No film: no documented walk of these runs has pictures." in capsys.readouterr().out


def test_a_new_run_removes_earlier_films(tmp_path: Path) -> None:
    (tmp_path / "walk-W1.webp").write_bytes(b"earlier")
    begin_run(tmp_path, is_selection=False)
    assert not list(tmp_path.glob("*.webp"))


def test_a_film_that_cannot_be_made_is_an_error_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    results = walked(tmp_path / "results", walk_of("W1"), DESKTOP)
    monkeypatch.setattr(film, "MOST_BYTES", 10)
    assert made(results, tmp_path) == {}
    assert capsys.readouterr().err == "No film: the film of W1.1 has more than 10 bytes\n"


def test_wide_pictures_are_made_smaller(tmp_path: Path) -> None:
    results = walked(tmp_path / "results", walk_of("W1"), (2000, 1000))
    [(frame, _), *_rest] = frames_of(made(results, tmp_path)["walk-W1"])
    assert frame.width == 1000


def _document(results: Path) -> Conformance:
    return judge_results([results])


def _ink(frame: Image.Image, side: str) -> int:
    """How many dark pixels the first line of the caption has in that half."""
    half = frame.width // 2
    left = 0 if side == "left" else half
    line = frame.crop((left, 10, left + half, 34)).convert("L")
    return sum(line.histogram()[:120])
