"""The target file: TOML with the addresses of the sites and what they do not offer.

Secrets are environment variables: the file only names them. The environment can also replace
a value of the file, for one run: ``CHECKOUT_TARGET_SITES__SHOP__URL=https://…``.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import (
    BaseModel,
    Field,
    FilePath,
    PrivateAttr,
    field_validator,
    model_validator,
)
from pydantic_settings import (
    BaseSettings,
    SettingsConfigDict,
)

from checkout_conformance.content import content, site_names
from checkout_conformance.data import DescribedData
from checkout_conformance.targets.values import (
    Address,
    ClauseId,
    Currency,
    DatabaseUrl,
    FromEnvironment,
    LabelName,
    Lack,
    Pattern,
    Phone,
    SiteLack,
    SiteName,
)

MARKER = "/.well-known/checkout-test-instance"
PREFIX = "CHECKOUT_TARGET_"


class TargetError(Exception):
    """The target cannot be used. The message says what to do."""


class SafetyRefusal(TargetError):
    """The target may not be touched. The message says why, and what to do."""


class TargetTable(BaseModel, extra="forbid", frozen=True):
    """A table of the file."""


class Vouched(TargetTable):
    """A named person vouches that a host without a marker is a test instance."""

    host: str
    """The host of the site's address."""
    owner: str = Field(min_length=3)
    """Who vouches for it, by name."""


class SiteSettings(TargetTable):
    """A site of the team."""

    url: Address
    """The address, with its scheme: ``https://shop.staging.example.test``."""
    marker: str = Field(default=MARKER, pattern="^/")
    """The path of the page that shows that the site is a test instance."""
    vouched: Vouched | None = None
    """Who vouches for the site, if it cannot show the marker."""
    control_token_env: FromEnvironment | None = None
    """The variable with the token of its test controls, if it has ours."""
    registers: bool = False
    """Its page object opens an account for a buyer who enters and has none."""
    lacks: list[SiteLack] = []
    """The capabilities that this site does not have, although others do."""

    @model_validator(mode="after")
    def _vouched_for_itself(self) -> SiteSettings:
        host = urlsplit(self.url).hostname
        if self.vouched and self.vouched.host != host:
            raise ValueError(f"vouched.host is {self.vouched.host!r}, but the url is of {host!r}")
        return self


class MockSettings(TargetTable):
    """The mock sites that the run starts."""

    sites: list[SiteName] = Field(min_length=1)
    """The names of these sites."""
    port_base: int = Field(default=0, ge=0, le=65_000)
    """The first of their ports, one for each site; 0 for free ones."""
    keys_file: FilePath | None = None
    """JSON with keys of your own, in the shape of ``keys.json``; seen from this file's folder."""
    database: DatabaseUrl | None = None
    """Where they keep their data, with ``{site}`` in it; without it, in a temporary folder."""
    workers: int = Field(default=1, ge=1, le=64)
    """How many processes serve them; more than one need a database of PostgreSQL."""
    serve: str = Field(default="", pattern=r"^[\w.]*$")
    """A module of your own that serves them, with the options of ``python -m mock_sites``."""


class MerchantSettings(TargetTable):
    """The shop's account with the wallet."""

    secret_key_env: FromEnvironment
    """The variable with the key by which the shop speaks to the wallet."""


class BuyerSettings(TargetTable):
    """A buyer with accounts on the target."""

    name: str = Field(min_length=1)
    """The buyer's name."""
    phone: Phone
    """The phone number, with its country: ``+79161234567``."""
    password_env: FromEnvironment
    """The variable with the password."""
    sites: list[SiteName] = Field(default_factory=lambda: list(site_names()))
    """The sites where the buyer has an account."""


class CodeSettings(TargetTable):
    """The source of the codes in messages."""

    source: Literal["phone", "http", "command", "terminal"] = "phone"
    """Our phone, an HTTP inbox, a command, or a person at the terminal."""
    url: Address | None = None
    """The address of an HTTP inbox, with ``{phone}`` in it."""
    token_env: FromEnvironment | None = None
    """The variable with a bearer token for the inbox."""
    path: str = "[].text"
    """Where the messages stand in the inbox's JSON, as JMESPath."""
    command: list[str] = []
    """The command that prints one message a line, with ``{phone}`` in it."""
    digits: int | None = Field(default=None, ge=4, le=8)
    """The length of a code. Without it the code is found by the words beside it."""
    seconds: float = Field(default=30, gt=0, le=600)
    """How long to wait for a message."""

    @model_validator(mode="after")
    def _complete(self) -> CodeSettings:
        if self.source == "http" and not self.url:
            raise ValueError("an http inbox needs its url, with {phone} in it")
        if self.source == "command" and not self.command:
            raise ValueError("say which command prints the message, with {phone} in it")
        return self


class SecretSettings(TargetTable):
    """Additional secrets that no report may show."""

    env: list[FromEnvironment] = []
    """Variables whose values no report may show."""
    patterns: list[Pattern] = []
    """Regular expressions: what matches, or its first group, is left out of reports."""


class AmountSettings(TargetTable):
    """How to read the amount of a payment on the target's pages."""

    currency: Currency | None = None
    """The currency of a number without one, and of a sign that several share."""
    within: str | None = Field(default=None, min_length=1)
    """A CSS selector: the part of a page with the total. Elsewhere there may be a balance."""


class DeviationSettings(TargetTable):
    """A deviation of the site that is known, and will be mended."""

    clause: ClauseId
    """The id of the clause: ``W2.4``."""
    scenario: str | None = Field(default=None, min_length=3)
    """The name of the scenario that fails, without its example; without it any of the clause."""
    reason: str = Field(min_length=3)
    """The deviation, in a sentence."""
    ticket: str = ""
    """Where it is tracked."""
    until: date
    """The last day on which it is accepted: ``2027-03-31``."""


class LoadSettings(TargetTable):
    """How much load your own sites may be put under. Without this table there is none."""

    arrivals_per_second: float = Field(gt=0, le=1000)
    """The most buyers that may arrive in a second."""
    buyers: int = Field(ge=1, le=10_000)
    """The most buyers that may be busy at a time."""
    seconds: float = Field(default=600, gt=0, le=86_400)
    """How long buyers may arrive at the most."""


class TargetFile(BaseSettings):
    """The settings of a target file; see targets/staging.example.toml."""

    model_config = SettingsConfigDict(
        extra="forbid", frozen=True, env_prefix=PREFIX, env_nested_delimiter="__"
    )

    name: str = Field(min_length=1, max_length=60)
    """How the reports call the target."""
    locale: Literal["en", "ar", "ru"] = "en"
    """The language of the pages; ``--locale`` comes first."""
    device: str | None = None
    """A device of Playwright's for every scenario; ``--device`` comes first."""
    patience_seconds: float = Field(default=10, gt=0, le=120)
    """How long a button or a page may take to appear. What takes longer is missing."""
    longest_wait_seconds: float = Field(default=10, ge=0, le=60)
    """How long a scenario may wait in fact: for what needs time where no clock can be moved, and
    for a site that asks to come back later (``Retry-After``)."""
    sites: dict[SiteName, SiteSettings] = {}
    """Your own sites by name: wallet, shop, vault, phone."""
    mocks: MockSettings | None = None
    """The mock sites that the run starts itself."""
    merchant: MerchantSettings | None = None
    """The shop's key at the wallet, for scenarios in which the harness speaks as the merchant."""
    labels: dict[LabelName, str] = {}
    """What your pages say instead of a label, by its name in ``features/glossary.toml``."""
    lacks: list[Lack] = []
    """What the sites do not offer: capabilities, or labels."""
    buyers: list[BuyerSettings] = []
    """People with accounts on your sites. Each is lent to one scenario at a time."""
    codes: CodeSettings = CodeSettings()
    """The source of the codes in messages."""
    secrets: SecretSettings = SecretSettings()
    """More that no report may show."""
    spend: dict[Currency, Annotated[Decimal, Field(ge=0)]] = {}
    """The most that a run may spend, by currency; nothing in one that is not named."""
    amounts: AmountSettings = AmountSettings()
    """How your pages show amounts."""
    load: LoadSettings | None = None
    """The most load that your own sites may be put under (``checkout-conformance load``)."""
    deviations: list[DeviationSettings] = []
    """Known deviations: they change the exit status, never the verdict."""
    pages: dict[str, str] = {}
    """Page objects of your own, as ``package.module:Class``, by the class that each replaces."""
    _data: DescribedData | None = PrivateAttr(default=None)

    @property
    def data(self) -> DescribedData:
        """The data of the features, with what this file says otherwise."""
        return self._data or content().data.reference()

    @property
    def has_other_pages(self) -> bool:
        """Whether some pages are not those of our own mock sites."""
        return bool(self.sites) or bool(self.mocks and self.mocks.serve)

    @field_validator("pages")
    @classmethod
    def _page_classes(cls, pages: dict[str, str]) -> dict[str, str]:
        for name, where in pages.items():
            if ":" not in where:
                raise ValueError(f"{name}: name a class as 'package.module:Class'")
        return pages

    @model_validator(mode="after")
    def _somewhere_to_go(self) -> TargetFile:
        mocked = set(self.mocks.sites) if self.mocks else set()
        if not mocked and not self.sites:
            raise ValueError("say where the sites are: [sites.shop] with a url, or [mocks]")
        if both := sorted(mocked & set(self.sites)):
            raise ValueError(f"{', '.join(both)}: either at an address or a mock, not both")
        return self
