//! Addresses of pages, and the query part of an address.

use std::str::FromStr;

use axum::http::Uri;
use renkei_document::document::PlanKind;
use renkei_document::edition::{EditionName, Reference};
use renkei_document::figure::Indicator;
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::id::{self, Evidence, Id};
use renkei_domain::agreement::Agreement;

/// The query of an address, after `?`. It contains only parameters that the route knows, sorted, without empty values.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query(Vec<(String, String)>);

/// Names of parameters that contain a page number. Links to the first page of a list omit this parameter.
const PAGES: [&str; 3] = ["page", "changes", "stay"];

impl Query {
    /// Reads the parameters whose names are in `known`. If a name occurs twice, the last value is used.
    pub fn read(raw: &str, known: &[&str]) -> Self {
        let mut query = Self::default();
        for (name, value) in form_urlencoded::parse(raw.as_bytes()) {
            if known.contains(&name.as_ref()) {
                query.set(&name, value.trim());
            }
        }
        query
    }

    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Returns the same query with one value changed. An empty value removes the parameter.
    pub fn with(&self, name: &str, value: &str) -> Self {
        let mut changed = self.clone();
        changed.set(name, value);
        changed
    }

    fn set(&mut self, name: &str, value: &str) {
        self.0.retain(|(known, _)| known != name);
        let is_first_page = PAGES.contains(&name) && value == "1";
        if !value.is_empty() && !is_first_page {
            self.0.push((name.to_owned(), value.to_owned()));
            self.0.sort();
        }
    }

    /// Returns the path followed by `?` and this query; the path alone if the query is empty.
    pub fn behind(&self, path: &str) -> String {
        if self.0.is_empty() {
            return path.to_owned();
        }
        let mut encoded = form_urlencoded::Serializer::new(String::new());
        encoded.extend_pairs(&self.0);
        format!("{path}?{}", encoded.finish())
    }
}

/// Parses a value. Accepts its canonical form only: `2`, but not `02` or `+2`.
pub fn canonical<T: FromStr + ToString>(text: &str) -> Option<T> {
    text.parse().ok().filter(|value: &T| value.to_string() == text)
}

/// Number of letters of an agreement's key. Two agreements of one viewer have the same key in one of 2^32 cases.
const KEY_LETTERS: usize = 8;

/// Returns the key of an agreement in addresses: the first letters of its id. It reveals neither a name nor how many
/// agreements the node has.
pub fn agreement_key(agreement: Id<Agreement>) -> String {
    agreement.to_string().chars().take(KEY_LETTERS).collect()
}

/// Returns the address of a page of an agreement; `path` begins with `/`.
pub fn within(agreement: Id<Agreement>, path: &str) -> String {
    format!("/a/{}{path}", agreement_key(agreement))
}

/// Returns the address without its agreement: `/plans/2026/plan` for `/a/1b2c3d4e/plans/2026/plan`.
pub fn without_agreement(address: &str) -> &str {
    let rest = address.strip_prefix("/a/").and_then(|rest| rest.find('/').map(|slash| &rest[slash..]));
    rest.unwrap_or(address)
}

pub fn plan(agreement: Id<Agreement>, fiscal_year: FiscalYear, kind: PlanKind) -> String {
    within(agreement, &format!("/plans/{}/{}", fiscal_year.0, kind_name(kind)))
}

pub fn initiative(agreement: Id<Agreement>, id: Id<id::Initiative>) -> String {
    within(agreement, &format!("/initiatives/{id}"))
}

/// Returns the address of the page with those rows of an imported document that wait to be taken over.
pub fn waiting_rows(agreement: Id<Agreement>, id: Id<Evidence>) -> String {
    within(agreement, &format!("/evidence/{id}/rows"))
}

pub fn edition(agreement: Id<Agreement>, name: EditionName) -> String {
    within(agreement, &format!("/editions/{name}"))
}

pub fn edition_file(agreement: Id<Agreement>, name: EditionName, digest: &str) -> String {
    within(agreement, &format!("/editions/{name}/{digest}"))
}

pub fn reference(agreement: Id<Agreement>, reference: Reference) -> String {
    within(agreement, &format!("/r/{reference}"))
}

pub fn indicator(agreement: Id<Agreement>, id: Id<Indicator>) -> String {
    within(agreement, &format!("/indicators/{id}"))
}

/// Returns the address of the 引継書 of a division.
pub fn handover(agreement: Id<Agreement>, division: &str) -> String {
    let encoded: String = form_urlencoded::byte_serialize(division.as_bytes()).collect();
    within(agreement, &format!("/indicators/handover/{}", encoded.replace('+', "%20")))
}

/// Returns the address of the PDF of the same 引継書.
pub fn handover_pdf(agreement: Id<Agreement>, division: &str) -> String {
    format!("{}/handover.pdf", handover(agreement, division))
}

/// Returns the anchor of a section on the page of its plan.
pub fn section_anchor(chapter: u32, section: u32) -> String {
    format!("s{chapter}-{section}")
}

pub fn row_anchor(chapter: u32, section: u32, number: u32) -> String {
    format!("r{chapter}-{section}-{number}")
}

/// Returns the address of the page that contains an anchor of a plan. (A long plan is shown on several pages.)
pub fn on_plan(plan: &str, anchor: &str) -> String {
    format!("{plan}/at/{anchor}")
}

pub fn kind_name(kind: PlanKind) -> &'static str {
    match kind {
        PlanKind::Plan => "plan",
        PlanKind::Progress => "progress",
        PlanKind::Result => "result",
    }
}

pub fn kind_of(name: &str) -> Option<PlanKind> {
    [PlanKind::Plan, PlanKind::Progress, PlanKind::Result].into_iter().find(|kind| kind_name(*kind) == name)
}

/// Returns the address if it is a path (with query) of our own site, so that a redirect to it is safe.
pub fn local_path(address: &str) -> Option<&str> {
    let plain = address.len() <= 2000 && address.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    (plain && address.starts_with('/') && !address.starts_with("//")).then_some(address)
}

/// Returns the address of the sign-in page. After signing in, the visitor returns to the page at `uri`.
pub fn sign_in(uri: &Uri) -> String {
    let wanted = uri.path_and_query().map_or("/", |path| path.as_str());
    match local_path(wanted) {
        None | Some("/") => "/sign-in".to_owned(),
        Some(path) => with_then("/sign-in", path),
    }
}

/// Returns the address of `page` with a parameter that names the page to show afterwards.
pub fn with_then(page: &str, then: &str) -> String {
    match local_path(then) {
        None => page.to_owned(),
        Some(then) => {
            let query = form_urlencoded::Serializer::new(String::new()).append_pair("then", then).finish();
            format!("{page}?{query}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(raw: &str, expected: &str) {
        assert_eq!(Query::read(raw, &["party", "division", "page"]).behind("/p"), expected);
    }

    #[test]
    fn a_query_has_one_canonical_form() {
        check("", "/p");
        check("party=&division=", "/p");
        check("party=city&x=1", "/p?party=city");
        check(
            "party=city&division=%E3%81%97%E3%81%94%E3%81%A8%E8%AA%B2",
            "/p?division=%E3%81%97%E3%81%94%E3%81%A8%E8%AA%B2&party=city",
        );
        check("division=a+b&party=x&party=y", "/p?division=a+b&party=y");
        check("page=1", "/p");
        check("page=2&page=1&party=1", "/p?party=1");
    }

    #[test]
    fn a_value_is_changed_or_removed() {
        let query = Query::read("party=city", &["party"]);
        assert_eq!(query.with("page", "2").behind("/p"), "/p?page=2&party=city");
        assert_eq!(query.with("party", "").behind("/p"), "/p");
        assert_eq!(query.with("page", "2").with("page", "1").behind("/p"), "/p?party=city");
    }

    #[test]
    fn only_paths_of_our_site_are_redirect_targets() {
        for ours in ["/", "/plans/2026/plan?party=city", "/a%20b", "/a//b"] {
            assert_eq!(local_path(ours), Some(ours));
        }
        for other in [
            "",
            "//example.jp",
            "/\\example.jp",
            "https://example.jp/",
            "javascript:x",
            "/a\r\nSet-Cookie: x=y",
            "/あ",
            "/a b",
        ] {
            assert_eq!(local_path(other), None, "{other}");
        }
    }
}
