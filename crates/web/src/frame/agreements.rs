//! The agreement of a request: the address names it by its key. An address from before several agreements names none; it
//! is understood if only one agreement of the viewer can be meant.

use renkei_app::Visitor;
use renkei_document::edition::{EditionName, Reference};
use renkei_document::fiscal_year::FiscalYear;
use renkei_document::id::Id;
use renkei_domain::agreement::Agreement;
use renkei_domain::view::AgreementView;

use crate::frame::address::{self, agreement_key, canonical};
use crate::frame::names::named_with_parties;
use crate::frame::problem::Problem;
use crate::frame::route::Route;
use crate::frame::site::Site;

/// The agreement of a request.
pub(crate) enum AskedAgreement {
    /// The page belongs to no agreement.
    None,
    /// The address names it.
    Named(Id<Agreement>),
    /// The address names none, and only this one can be meant.
    Meant(Id<Agreement>),
}

/// Returns the agreement of a request. An agreement in which the viewer has no part is answered like one that does not
/// exist.
pub(crate) fn asked_agreement(
    site: &Site,
    visitor: &Visitor,
    route: &Route,
    parts: &[(String, String)],
) -> Result<AskedAgreement, Problem> {
    if !route.is_of_agreement {
        return Ok(AskedAgreement::None);
    }
    let state = site.node.state();
    let known: Vec<AgreementView<'_>> = state.seen_by(visitor.viewer()).agreements().collect();
    let part = |name: &str| parts.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    if let Some(key) = part("agreement") {
        let named = known.iter().find(|agreement| agreement_key(agreement.id) == key);
        return named.map(|agreement| AskedAgreement::Named(agreement.id)).ok_or(Problem::NoSuchPage);
    }
    let meant: Vec<_> = match known.as_slice() {
        // The page itself says what is missing.
        [only] => vec![*only],
        several => several.iter().copied().filter(|agreement| contains(*agreement, route.path, &part)).collect(),
    };
    match meant.as_slice() {
        [] if known.is_empty() => Ok(AskedAgreement::None),
        [] => Err(Problem::NoSuchPage),
        [only] => Ok(AskedAgreement::Meant(only.id)),
        several => {
            let path = filled(route.path, parts);
            let choices = several.iter().map(|agreement| {
                (named_with_parties(visitor.language, *agreement), address::within(agreement.id, &path))
            });
            Err(Problem::WhichAgreement { choices: choices.collect() })
        }
    }
}

/// Whether an agreement contains the thing that an address names.
fn contains<'a>(agreement: AgreementView<'_>, path: &str, part: &impl Fn(&str) -> Option<&'a str>) -> bool {
    let id = part("id").unwrap_or_default();
    let first = path.split('/').nth(1).unwrap_or_default();
    match first {
        "initiatives" => id.parse().is_ok_and(|id| agreement.visible(id).is_some()),
        "indicators" if part("id").is_some() => id.parse().is_ok_and(|id| agreement.indicators().of(id).is_some()),
        "suggestions" => id.parse().is_ok_and(|id| agreement.suggestion(id).is_some()),
        "evidence" => id.parse().is_ok_and(|id| agreement.evidence_named(id).is_some()),
        "plans" if part("year").is_some() => {
            let year = part("year").and_then(canonical).map(FiscalYear);
            let kind = part("kind").and_then(address::kind_of);
            year.zip(kind).is_some_and(|(year, kind)| agreement.plan_of(year, kind).is_some())
        }
        "editions" if part("name").is_some() => {
            let name: Option<EditionName> = part("name").and_then(|name| name.parse().ok());
            name.is_some_and(|name| agreement.edition(name).is_some())
        }
        "r" => {
            let reference: Option<Reference> = part("reference").and_then(|reference| reference.parse().ok());
            reference.is_some_and(|reference| agreement.provenance(reference).is_some())
        }
        _ => true,
    }
}

/// Returns a route's path with the values of its placeholders.
fn filled(path: &str, parts: &[(String, String)]) -> String {
    let encoded =
        |value: &str| form_urlencoded::byte_serialize(value.as_bytes()).collect::<String>().replace('+', "%20");
    parts.iter().fold(path.to_owned(), |path, (name, value)| path.replace(&format!("{{{name}}}"), &encoded(value)))
}
