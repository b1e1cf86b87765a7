"""Walk W1 with pytest and Selenium: one browser a worker, its cookies thrown away each time."""

import os
import re
from collections.abc import Iterator

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

from benchmarks.peers.sites import Sites, browser_options

SECONDS = 10
SCENARIOS = range(int(os.environ["WALK_COUNT"]))
BUTTON = "//main//*[self::button or self::a][normalize-space()='{}']"
MENU = "//nav//a[normalize-space()='{}']"
TILE = "//main//li//a[normalize-space()='{}']"
FIELD = "//main//*[@id=//label[normalize-space()='{}']/@for]"
GROUP = "//main//ul[@aria-labelledby=//h2[normalize-space()='{}']/@id]//a"
TEXT = "//main//*[normalize-space(text())='{}']"
BALANCE = "//main//section[@aria-label='Balance' or @aria-labelledby]"


@pytest.fixture(scope="session")
def sites() -> Sites:
    """Where they are."""
    return Sites()


@pytest.fixture(scope="session")
def driver() -> Iterator[webdriver.Chrome]:
    """The browser, through chromedriver."""
    program, switches = browser_options()
    options = webdriver.ChromeOptions()
    options.binary_location = program
    for switch in [*switches, "--headless", "--lang=en", "--window-size=1280,800"]:
        options.add_argument(switch)
    service = webdriver.ChromeService(executable_path=os.environ["WALK_CHROMEDRIVER"])
    driver = webdriver.Chrome(options=options, service=service)
    yield driver
    driver.quit()


class Walk:
    """One buyer's walk, without what an earlier one left in the browser."""

    def __init__(self, driver: webdriver.Chrome, sites: Sites) -> None:
        self._driver = driver
        self._sites = sites
        self.buyer = sites.new_buyer()
        driver.execute_cdp_cmd("Network.clearBrowserCookies", {})
        driver.execute_cdp_cmd("Network.clearBrowserCache", {})

    def open(self) -> None:
        self._driver.get(self._sites.wallet)

    def find(self, path: str, words: str) -> WebElement:
        def look(driver: webdriver.Chrome) -> WebElement | None:
            found = driver.find_elements(By.XPATH, path.format(words))
            return next((one for one in found if one.is_displayed()), None)

        wait = WebDriverWait(self._driver, SECONDS, poll_frequency=0.02)
        found: WebElement = wait.until(look, f"nothing at {path.format(words)}")
        return found

    def fill_in(self, label: str, value: str) -> None:
        self.find(FIELD, label).send_keys(value)

    def press(self, label: str) -> None:
        self.find(BUTTON, label).click()

    def reads(self, path: str, pattern: str) -> None:
        """What stands there says so, now or soon."""
        WebDriverWait(self._driver, SECONDS, poll_frequency=0.02).until(
            lambda driver: re.search(
                pattern, " ".join(one.text for one in driver.find_elements(By.XPATH, path))
            ),
            f"{path} does not say {pattern}",
        )

    def has_in_another_tab(self, pattern: str) -> None:
        first = self._driver.current_window_handle
        self._driver.switch_to.new_window("tab")
        self.open()
        self.reads(BALANCE, pattern)
        self._driver.close()
        self._driver.switch_to.window(first)

    def code(self) -> str:
        return self._sites.code_for(self.buyer)


@pytest.mark.parametrize("number", SCENARIOS)
def test_a_game_account_is_topped_up(driver: webdriver.Chrome, sites: Sites, number: int) -> None:
    walk = Walk(driver, sites)
    walk.open()
    walk.fill_in("Phone number", walk.buyer.phone)
    walk.fill_in("Password", walk.buyer.password)
    walk.press("Sign in")
    walk.find(MENU, "Pay").click()
    walk.reads("//main//h1", r"^What would you like to pay\?$")
    walk.find(TILE, "Entertainment").click()
    walk.find(GROUP, "Games")
    walk.find(GROUP, "Social networks")
    walk.find(TILE, "Steam").click()
    walk.reads("//main//h1", "^Steam$")
    walk.fill_in("Account name in the game system", "night_owl_42")
    walk.fill_in("Amount", "150.00")
    walk.press("Pay")
    walk.find(TEXT, "night_owl_42")
    walk.reads("//main", r"(?<!\d)150\.00(?!\d)")
    walk.has_in_another_tab(r"(?<!\d)1,?000\.00(?!\d)")
    walk.press("Confirm")
    field = walk.find(FIELD, "Code from the message")
    assert not walk.find(BUTTON, "Confirm").is_enabled()
    field.send_keys(walk.code())
    walk.press("Confirm")
    walk.reads("//main//article", r"(?<!\d)150\.00(?!\d)")
    walk.reads("//main//article", "Steam")
    walk.open()
    walk.reads(BALANCE, r"(?<!\d)850\.00(?!\d)")
