"""A stack's keys in a file beside its data: made up the first time, and read again."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from ... import SITES
from .data_folder import DataError, read_text, write_whole
from .keys import Keys, MerchantKeys, NamedMerchant, new_key

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
        keys.site_secrets.setdefault(site, new_key())
    if keys.model_dump() != kept:
        try:
            write_whole(file, keys.model_dump_json(indent=2))
        except OSError as error:
            raise DataError(f"cannot write {file}: {error.strerror}") from None
    return keys


def _with_merchant(keys: dict[str, Any], file: Path) -> list[dict[str, Any]]:
    """The other merchants of the keys, with the one in the file."""
    facts = _json_in(file, MERCHANT_ADVICE, NamedMerchant)
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
