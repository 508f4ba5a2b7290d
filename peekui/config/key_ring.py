"""The API key in the system's keyring, by the extra `keyring`; the library is imported only when it is asked.

A key is kept under the profile's name and the API's origin (`Settings.account`), so that one stored for an address is
never found for another.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING

from peekui.config.problems import ConfigError

if TYPE_CHECKING:
    from peekui.api.secret import Secret
    from peekui.config.settings import Settings

__all__ = ["ask_keyring", "forget_key", "has_keyring", "store_key"]

_SERVICE = "peekui"


def has_keyring() -> bool:
    """Whether the extra is installed, which is how a user asks for the system's keyring."""
    return find_spec("keyring") is not None


def ask_keyring(settings: Settings) -> str | None:
    """Give the key that is kept, None when there is none or nothing on this machine keeps keys.

    Waits for the user where the keyring is locked.

    Raises:
        ConfigError: The keyring refused.
    """
    import keyring  # noqa: PLC0415  (takes longer to import than all else that is needed before the first frame)
    import keyring.errors  # noqa: PLC0415

    try:
        return keyring.get_password(_SERVICE, settings.account)
    except keyring.errors.NoKeyringError:
        return None
    except keyring.errors.KeyringError as error:
        raise _refused("give", error) from error


def store_key(settings: Settings, secret: Secret) -> None:
    """Keep the key of these settings' profile and origin, in place of an older one.

    Raises:
        ConfigError: There is no keyring, or it refused.
    """
    _need_keyring()
    import keyring  # noqa: PLC0415  (as above)
    import keyring.errors  # noqa: PLC0415

    try:
        keyring.set_password(_SERVICE, settings.account, secret.reveal())
    except keyring.errors.KeyringError as error:
        raise _refused("take", error) from error


def forget_key(settings: Settings) -> bool:
    """Forget the key of these settings' profile and origin.

    Returns:
        Whether there was one.

    Raises:
        ConfigError: There is no keyring, or it refused.
    """
    _need_keyring()
    import keyring  # noqa: PLC0415  (as above)
    import keyring.errors  # noqa: PLC0415

    try:
        if keyring.get_password(_SERVICE, settings.account) is None:
            return False
        keyring.delete_password(_SERVICE, settings.account)
    except keyring.errors.KeyringError as error:
        raise _refused("forget", error) from error
    return True


def _need_keyring() -> None:
    if not has_keyring():
        raise ConfigError("This needs the system keyring: install it with pip install 'peekui[keyring]'.")


def _refused(verb: str, error: Exception) -> ConfigError:
    # Of the first line only: a backend without a keyring explains itself at length.
    reason = (str(error).strip() or type(error).__name__).splitlines()[0].rstrip(".")
    return ConfigError(f"The system keyring did not {verb} the API key: {reason}.")
