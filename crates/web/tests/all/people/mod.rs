//! Accounts: a list of officers; signing in with a password, with a passkey, or through another system.

mod officers;
mod sign_in;
