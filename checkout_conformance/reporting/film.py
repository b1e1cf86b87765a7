"""``report --film``: the documented walk of each procedure as an animated picture.

The pictures are those of the evidence, in which secrets are covered. The captions are set by a
browser, which has the fonts and joins the letters of Arabic.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import sync_playwright

from checkout_conformance.drivers.chromium import find_chromium, launch_args
from checkout_conformance.reporting.allure_html import ReportError
from checkout_conformance.reporting.conformance import Conformance
from checkout_conformance.reporting.languages import direction_of
from checkout_conformance.reporting.places import film_name, remove_films
from checkout_conformance.reporting.templates import environment
from checkout_conformance.reporting.walks import Frame, walks_of

# The largest width of a frame, in pixels, and the largest size of a film, in bytes.
MOST_WIDTH, MOST_BYTES = 1000, 1_500_000
# How long a frame stays, and the last one, in milliseconds.
FRAME_MS, LAST_MS = 2500, 6000
# Of the WebP; a film that is too large is made again with the next one.
QUALITIES = (60, 40, 20)
PAPER = "#ffffff"


def write_films(
    document: Conformance, pictures: Sequence[Path], into: Path, language: str
) -> list[Path]:
    """Write a film of each procedure whose walk has pictures; remove earlier films.

    ``pictures`` are the folders with the files that the document names. Returns the films; none
    if the runs have no pictures. Raises ReportError if no browser starts, or if a film is too large
    or a picture cannot be read.
    """
    remove_films(into)
    films = []
    for procedure, frames in walks_of(document, pictures, language).items():
        film = into / film_name(procedure)
        film.write_bytes(_film(frames, language))
        films.append(film)
    return films


def _film(frames: Sequence[Frame], language: str) -> bytes:
    pictures = [_read(frame.picture) for frame in frames]
    width = max(picture.width for picture in pictures)
    height = max(picture.height for picture in pictures)
    captions = _captions(frames, width, language)
    top = max(caption.height for caption in captions)
    composed = [
        _compose(caption, picture, top, (width, top + height))
        for caption, picture in zip(captions, pictures, strict=True)
    ]
    for quality in QUALITIES:
        film = _packed(composed, quality)
        if len(film) <= MOST_BYTES:
            return film
    raise ReportError(f"the film of {frames[0].clause} has more than {MOST_BYTES} bytes")


def _read(file: Path) -> Image.Image:
    try:
        with Image.open(file) as opened:
            picture = opened.convert("RGB")
    except OSError as error:
        raise ReportError(f"{file.name} is no picture: {error}") from error
    picture.thumbnail((MOST_WIDTH, picture.height))
    return picture


def _captions(frames: Sequence[Frame], width: int, language: str) -> list[Image.Image]:
    """The captions as pictures, all of the same height."""
    page_source = environment(language).get_template("captions.html")
    html = page_source.render(frames=frames, language=language, direction=direction_of(language))
    try:
        # A thread can have one driver of Playwright; the caller's may have one already.
        with ThreadPoolExecutor(max_workers=1) as apart:
            shots = apart.submit(_shots, html, width).result()
    except PlaywrightError as error:
        reason = error.message.partition("\n")[0]
        raise ReportError(f"the captions need a browser: {reason}") from error
    return [Image.open(BytesIO(shot)).convert("RGB") for shot in shots]


def _shots(html: str, width: int) -> list[bytes]:
    with sync_playwright() as playwright:
        program = find_chromium()
        browser = playwright.chromium.launch(executable_path=program, args=launch_args())
        page = browser.new_page(viewport={"width": width, "height": 800}, offline=True)
        page.set_content(html)
        shots = [section.screenshot() for section in page.locator("section").all()]
        browser.close()
    return shots


def _compose(
    caption: Image.Image, picture: Image.Image, top: int, size: tuple[int, int]
) -> Image.Image:
    """The picture in its own shape below its caption, on paper as large as every frame."""
    frame = Image.new("RGB", size, PAPER)
    frame.paste(caption, (0, 0))
    frame.paste(picture, ((size[0] - picture.width) // 2, top))
    return frame


def _packed(frames: Sequence[Image.Image], quality: int) -> bytes:
    first, *rest = frames
    durations = [FRAME_MS] * len(rest) + [LAST_MS]
    packed = BytesIO()
    first.save(
        packed,
        "WEBP",
        save_all=True,
        append_images=rest,
        duration=durations,
        loop=0,
        quality=quality,
        # Every frame whole: what changes little would stay as a shadow of the frame before.
        kmin=0,
        kmax=1,
    )
    return packed.getvalue()
