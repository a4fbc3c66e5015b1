//! Accounts: signing in with a password, a passkey or another system.

mod sign_in;
