//! Accounts: signing in with a password, with a passkey, or through another system.

mod sign_in;
