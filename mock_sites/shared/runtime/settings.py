"""The settings of a stack of mock sites: addresses, keys, and the folder of its data."""

from __future__ import annotations

import json
import re
import secrets
import socket
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key
from pydantic import BaseModel, Field, ValidationError, ValidationInfo, field_validator

from ... import SITES
from .data_folder import DataError, read_text, write_whole

RSA_BITS = 2048
# It is part of addresses and of the names of accounts.
SITE_ID = r"^[\w.-]{1,40}$"
ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?")
# Browsers find these names on loopback by themselves; programs may not.
LOCAL_NAME = re.compile(r"^(?P<scheme>https?://)(?:[\w-]+\.)*localhost(?=[:/]|$)")


def _key() -> str:
    return secrets.token_hex(32)


def merchant_secret() -> str:
    """A secret key in the shape of the real wallet's, which its merchants' clients check."""
    data = {"payin_merchant_site_uid": secrets.token_hex(4), "user_id": "0", "secret": _key()}
    return b64encode(json.dumps({"version": "P2P", "data": data}).encode()).decode()


class MerchantKeys(BaseModel):
    """A merchant of the wallet: its number, and the keys of the bill protocol."""

    name: str = Field("Samovar shop", min_length=1, max_length=200)
    site_id: str = Field(default_factory=lambda: secrets.token_hex(4), pattern=SITE_ID)
    secret_key: str = Field(default_factory=merchant_secret)
    public_key: str = Field(default_factory=_key)
    # The address for the wallet's notifications; None: the stack's own shop.
    notification_url: str | None = None
    # Which of the provider's two texts on repeated notifications is followed.
    notification_schedule: Literal["growing", "quarters-and-hours"] = "growing"
    # Origins of the merchant's own, beside the stack's shop, to which a buyer may return.
    return_origins: list[str] = []
    # Where the days of the merchant's statements begin and end, by its name in the tz database.
    time_zone: str = "Europe/Moscow"
    # Whether notifications also carry the headers of Standard Webhooks.
    standard_webhooks: bool = False

    @field_validator("time_zone")
    @classmethod
    def _is_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ValueError, OSError, KeyError):
            raise ValueError("a time zone is named as in the tz database: Europe/Moscow") from None
        return name

    @field_validator("return_origins")
    @classmethod
    def _are_origins(cls, origins: list[str]) -> list[str]:
        wrong = [one for one in origins if not ORIGIN.fullmatch(one)]
        if wrong:
            raise ValueError("an origin is http(s)://host or http(s)://host:port, and nothing more")
        return origins


class _NamedMerchant(MerchantKeys):
    """A merchant in a file of its own: it says who it is."""

    name: str = Field(min_length=1, max_length=200)
    site_id: str = Field(pattern=SITE_ID)


class RsaPair(BaseModel):
    """A key pair that signs messages, in PEM: the private half PKCS#8, the public one SPKI."""

    private_key: str
    public_key: str

    @field_validator("private_key")
    @classmethod
    def _is_private(cls, pem: str) -> str:
        try:
            # Checking the numbers takes longer than all the rest, and signing shows them wrong.
            key = load_pem_private_key(pem.encode(), None, unsafe_skip_rsa_key_validation=True)
        except (TypeError, ValueError, UnsupportedAlgorithm):
            key = None
        if not isinstance(key, rsa.RSAPrivateKey):
            raise ValueError("no private RSA key in PEM, without a password")
        return pem

    @field_validator("public_key")
    @classmethod
    def _is_public(cls, pem: str) -> str:
        try:
            key = load_pem_public_key(pem.encode())
        except (ValueError, UnsupportedAlgorithm):
            key = None
        if not isinstance(key, rsa.RSAPublicKey):
            raise ValueError("no public RSA key in PEM")
        return pem


def _rsa_pair() -> RsaPair:
    key = rsa.generate_private_key(public_exponent=65537, key_size=RSA_BITS)
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return RsaPair(private_key=private.decode(), public_key=public.decode())


class VaultKeys(BaseModel):
    """The vault's merchant interface: the shop's number there, and who signs with what."""

    client_id: str = Field(default_factory=lambda: f"SANDBOX_{secrets.token_hex(8).upper()}")
    vault: RsaPair = Field(default_factory=_rsa_pair)
    shop: RsaPair = Field(default_factory=_rsa_pair)

    def for_clients(self) -> dict[str, str]:
        """The merchant's side in the form that published clients take: base64 without a frame.

        ``private_key`` is PKCS#1, ``vault_public_key`` is SubjectPublicKeyInfo.
        """
        own = load_pem_private_key(self.shop.private_key.encode(), password=None)
        vault = load_pem_public_key(self.vault.public_key.encode())
        private = own.private_bytes(
            serialization.Encoding.DER,
            serialization.PrivateFormat.TraditionalOpenSSL,
            serialization.NoEncryption(),
        )
        public = vault.public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        return {
            "client_id": self.client_id,
            "private_key": b64encode(private).decode(),
            "vault_public_key": b64encode(public).decode(),
        }


class Demo(BaseModel):
    """A person with an account everywhere, for people who try the sites by hand."""

    phone: str
    name: str
    password: str = Field(default_factory=lambda: secrets.token_urlsafe(9))


def _demo_people() -> list[Demo]:
    return [
        Demo(phone="+79160000001", name="Anna Petrova"),
        Demo(phone="+79160000002", name="Yusuf Haddad"),
    ]


class Keys(BaseModel):
    """Everything secret that a stack makes up once and keeps beside its data."""

    control_token: str = Field(default_factory=_key)
    phone_token: str = Field(default_factory=_key)
    acs_token: str = Field(default_factory=_key)
    site_secrets: dict[str, str] = Field(default_factory=lambda: {name: _key() for name in SITES})
    merchant: MerchantKeys = Field(default_factory=MerchantKeys)
    # Merchants of the wallet beside the stack's shop.
    other_merchants: list[MerchantKeys] = []
    vault: VaultKeys = Field(default_factory=VaultKeys)
    people: list[Demo] = Field(default_factory=_demo_people)

    @property
    def merchants(self) -> list[MerchantKeys]:
        """All merchants of the wallet; the first one is the stack's shop."""
        return [self.merchant, *self.other_merchants]

    @field_validator("other_merchants")
    @classmethod
    def _are_others(cls, others: list[MerchantKeys], known: ValidationInfo) -> list[MerchantKeys]:
        shop = known.data.get("merchant")
        merchants = [*([shop] if shop else []), *others]
        for name in ("site_id", "secret_key", "public_key"):
            if len({getattr(each, name) for each in merchants}) < len(merchants):
                raise ValueError(f"two merchants have the same {name}")
        return others


class StackSettings(BaseModel):
    """One set of sites that know each other."""

    data: Path
    ports: dict[str, int]
    keys: Keys
    controls: bool = False
    # Where each site's own database is, by SQLAlchemy's URL; SQLite in ``data`` if there is none.
    database: str = ""
    # Sites of somebody else's, with their addresses: they are not served here.
    elsewhere: dict[str, str] = {}

    def public_url(self, site: str) -> str:
        """The site's address for browsers; each site has its own origin."""
        if site in self.elsewhere:
            return self.elsewhere[site]
        return f"http://{site}.localhost:{self.ports[site]}"

    def internal_url(self, site: str) -> str:
        """The site's address for the other sites: loopback, without a resolver."""
        if site in self.elsewhere:
            return LOCAL_NAME.sub(r"\g<scheme>127.0.0.1", self.elsewhere[site])
        return f"http://127.0.0.1:{self.ports[site]}"

    def database_url(self, site: str) -> str:
        """The SQLAlchemy URL of the site's own database."""
        if self.database:
            return self.database.replace("{site}", site)
        return f"sqlite:///{self.data / site}.sqlite3"


OWN_KEYS_ADVICE = (
    "Put a copy of the file back; or begin anew: delete it and the databases beside it,"
    " which only these keys fit."
)
GIVEN_KEYS_ADVICE = "Correct the file that --keys names: it has the shape of DIR/keys.json."


MERCHANT_ADVICE = (
    "Correct the file that --merchant names: JSON with site_id, name, and what of a merchant in"
    " DIR/keys.json is to be another than the default."
)


def kept_keys(
    data: Path,
    given: Path | None = None,
    sites: Iterable[str] = SITES,
    merchants: Sequence[Path] = (),
) -> Keys:
    """The keys in ``data``; made up, and kept there for the owner alone, the first time.

    What a later version has come to need is added to the keys of an earlier one, and a secret for
    each of the ``sites``. Those in the file ``given``, of the same shape and as many as there are,
    come before both. Each of the files ``merchants`` adds a merchant of the wallet, or changes the
    one of that ``site_id``. Raises DataError for keys that cannot be used, or not kept.
    """
    file = data / "keys.json"
    kept = _keys_in(file, OWN_KEYS_ADVICE) if file.exists() else {}
    wanted = kept | (_keys_in(given, GIVEN_KEYS_ADVICE) if given else {})
    for merchant in merchants:
        wanted["other_merchants"] = _with_merchant(wanted, merchant)
    keys = Keys.model_validate(wanted)
    for site in sites:
        keys.site_secrets.setdefault(site, _key())
    if keys.model_dump() != kept:
        try:
            write_whole(file, keys.model_dump_json(indent=2))
        except OSError as error:
            raise DataError(f"cannot write {file}: {error.strerror}") from None
    return keys


def _with_merchant(keys: dict[str, Any], file: Path) -> list[dict[str, Any]]:
    """The other merchants of the keys, with the one in the file."""
    facts = _json_in(file, MERCHANT_ADVICE, _NamedMerchant)
    others = {each["site_id"]: each for each in keys.get("other_merchants", [])}
    others[facts["site_id"]] = others.get(facts["site_id"], {}) | facts
    wanted = [MerchantKeys.model_validate(each).model_dump() for each in others.values()]
    try:
        Keys.model_validate({**keys, "other_merchants": wanted})
    except ValidationError as error:
        raise _unusable(file, _reason(error), MERCHANT_ADVICE) from None
    return wanted


def _keys_in(file: Path, advice: str) -> dict[str, Any]:
    """The keys in a file, as they stand there, if they fit."""
    return _json_in(file, advice, Keys)


def _json_in(file: Path, advice: str, model: type[BaseModel]) -> dict[str, Any]:
    text = read_text(file)
    try:
        facts = json.loads(text or "")
        model.model_validate(facts)
    except ValidationError as error:
        why = _reason(error)
    except ValueError:
        why = "it is empty" if text == "" else "it is not whole JSON"
        why = "there is no such file" if text is None else why
    else:
        return dict(facts)
    raise _unusable(file, why, advice)


def _reason(error: ValidationError) -> str:
    """What does not fit, without what was found: that may be a key."""
    first = error.errors(include_input=False, include_url=False, include_context=False)[0]
    where, why = ".".join(map(str, first["loc"])), first["msg"].removeprefix("Value error, ")
    return f"{where}: {why}" if where else why


def _unusable(file: Path, why: str, advice: str) -> DataError:
    return DataError(f"cannot use the keys in {file}: {why}. {advice}")


def choose_ports(base: int, sites: Sequence[str] = SITES) -> dict[str, int]:
    """A port for each site: from ``base`` upwards, or whichever is free (0) where that is 0."""
    return {site: base + number if base else 0 for number, site in enumerate(sites)}


def listen(host: str, ports: Mapping[str, int]) -> dict[str, socket.socket]:
    """Take the ports, so that nobody else can until they are served; a free one for 0.

    Raises OSError where one is taken.
    """
    return {site: socket.create_server((host, port)) for site, port in ports.items()}
