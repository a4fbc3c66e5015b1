//! 開庁日 — the days on which offices are open.
