//! 確認 — the checks: pure functions from a [`crate::document::Document`] to findings.
