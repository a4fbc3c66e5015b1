//! The script that asks a device for a passkey.

use renkei_app::people;

use crate::frame::assets::PASSKEY_ADDRESS;
use crate::frame::route::Ask;

/// Address of the script that asks a device for a passkey; `None` if browsers cannot use passkeys at the requested
/// address.
pub(crate) fn passkey_script(ask: &Ask<'_>) -> Option<&'static str> {
    people::has_passkeys_at(&ask.caller.origin).then_some(&PASSKEY_ADDRESS)
}
