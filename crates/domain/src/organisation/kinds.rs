//! The kinds of divisions: 課, 局, 部 …

/// The kinds that the pages offer, most frequent first. A user may also type any other word.
pub const KINDS: [&str; 14] =
    ["課", "局", "部", "室", "係", "班", "所", "出張所", "署", "区", "支所", "センター", "担当", "事務局"];

/// Returns the default kind of a division with this name.
pub fn usual_kind(name: &str) -> &'static str {
    kind_of_name(name).unwrap_or("課")
}

/// Returns the kind that a name ends with; the longest match wins: 出張所 before 所.
pub fn kind_of_name(name: &str) -> Option<&'static str> {
    KINDS.into_iter().filter(|kind| name.ends_with(kind)).max_by_key(|kind| kind.len())
}
