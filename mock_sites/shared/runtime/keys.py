"""Everything secret that a stack of mock sites knows: what the keys look like."""

from __future__ import annotations

import json
import re
import secrets
from base64 import b64encode
from typing import Literal
from zoneinfo import ZoneInfo

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key
from pydantic import BaseModel, Field, ValidationInfo, field_validator

from ... import SITES

RSA_BITS = 2048
# It is part of addresses and of the names of accounts.
SITE_ID = r"^[\w.-]{1,40}$"
ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(?::[0-9]{1,5})?")


def new_key() -> str:
    """A secret nobody can guess: 64 hexadecimal digits."""
    return secrets.token_hex(32)


def merchant_secret() -> str:
    """A secret key in the shape of the real wallet's, which its merchants' clients check."""
    data = {"payin_merchant_site_uid": secrets.token_hex(4), "user_id": "0", "secret": new_key()}
    return b64encode(json.dumps({"version": "P2P", "data": data}).encode()).decode()


class MerchantKeys(BaseModel):
    """A merchant of the wallet: its number, and the keys of the bill protocol."""

    name: str = Field("Samovar shop", min_length=1, max_length=200)
    site_id: str = Field(default_factory=lambda: secrets.token_hex(4), pattern=SITE_ID)
    secret_key: str = Field(default_factory=merchant_secret)
    public_key: str = Field(default_factory=new_key)
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


class NamedMerchant(MerchantKeys):
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


def _site_secrets() -> dict[str, str]:
    return {name: new_key() for name in SITES}


class Keys(BaseModel):
    """Everything secret that a stack makes up once and keeps beside its data."""

    control_token: str = Field(default_factory=new_key)
    phone_token: str = Field(default_factory=new_key)
    acs_token: str = Field(default_factory=new_key)
    site_secrets: dict[str, str] = Field(default_factory=_site_secrets)
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
