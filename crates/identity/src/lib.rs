//! 本人確認 — passwords, one-time codes, tokens.
