//! HOUSE.md: one word, one slice. What belongs to a slice of the domain is named in its folder alone.

use std::collections::BTreeMap;

use syn::visit::Visit;

use super::source::{SourceFile, none, rust_files};

/// The slices that declare events.
const SLICES: [&str; 7] = ["agreement", "edition", "evidence", "indicator", "organisation", "plan", "shared_fact"];

/// Where the events of all slices are gathered: each slice by one arm.
const GATHERED: &str = "crates/domain/src/event.rs";

/// What a file names.
struct Paths {
    /// The parts of each path, and its line.
    found: Vec<(Vec<String>, usize)>,
    /// Lines of matches on events that have a rest arm.
    rest_arms: Vec<usize>,
}

impl<'ast> Visit<'ast> for Paths {
    fn visit_path(&mut self, path: &'ast syn::Path) {
        let parts = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        let line = path.segments.first().map_or(0, |segment| segment.ident.span().start().line);
        self.found.push((parts, line));
        syn::visit::visit_path(self, path);
    }

    fn visit_expr_match(&mut self, matched: &'ast syn::ExprMatch) {
        let is_rest = |arm: &syn::Arm| matches!(arm.pat, syn::Pat::Wild(_));
        if matched.arms.iter().any(|arm| names_an_event(&arm.pat))
            && let Some(rest) = matched.arms.iter().find(|arm| is_rest(arm))
            && let syn::Pat::Wild(rest) = &rest.pat
        {
            self.rest_arms.push(rest.underscore_token.span.start().line);
        }
        syn::visit::visit_expr_match(self, matched);
    }
}

fn paths_of(code: &syn::File) -> Paths {
    let mut paths = Paths { found: Vec::new(), rest_arms: Vec::new() };
    paths.visit_file(code);
    paths
}

/// Whether a pattern names an event: `PlanEvent::…`, or a slice of `Event::…`.
fn names_an_event(pattern: &syn::Pat) -> bool {
    struct Named(bool);
    impl<'ast> Visit<'ast> for Named {
        fn visit_path(&mut self, path: &'ast syn::Path) {
            let parts: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
            self.0 |= parts.len() > 1 && (parts[0] == "Event" || is_of_a_slice(&parts[0]).is_some());
        }
    }
    let mut named = Named(false);
    named.visit_pat(pattern);
    named.0
}

/// The slice of an enum of events.
fn is_of_a_slice(name: &str) -> Option<&'static str> {
    let named = |slice: &str| {
        let word: String = slice.split('_').map(|part| part[..1].to_uppercase() + &part[1..]).collect();
        name == format!("{word}Event")
    };
    SLICES.into_iter().find(|slice| named(slice))
}

/// The sources of the crates that know `domain`.
fn sources() -> Vec<SourceFile> {
    let files = rust_files(&["crates/domain", "crates/app", "crates/web", "crates/cli"]);
    files.into_iter().filter(|file| !file.is_test()).collect()
}

#[test]
fn the_events_of_a_slice_are_named_in_its_folder_alone() {
    let mut found = Vec::new();
    let mut used: BTreeMap<&str, usize> = BTreeMap::new();
    for file in sources().iter().filter(|file| file.path != GATHERED) {
        for (parts, line) in paths_of(&file.parse()).found {
            let [name, event, ..] = parts.as_slice() else { continue };
            let Some(slice) = is_of_a_slice(name).filter(|_| event.starts_with(char::is_uppercase)) else { continue };
            *used.entry(slice).or_default() += 1;
            if !file.path.starts_with(&format!("crates/domain/src/{slice}/")) {
                found.push(format!("{}:{line}: {name}::{event}", file.path));
            }
        }
    }
    assert_eq!(used.keys().copied().collect::<Vec<_>>(), SLICES, "each slice names its events somewhere");
    none(found.into_iter());
}

#[test]
fn no_match_on_an_event_has_a_rest_arm() {
    none(sources().iter().flat_map(|file| {
        let lines = paths_of(&file.parse()).rest_arms;
        lines
            .into_iter()
            .map(|line| format!("{}:{line}: name the events that change nothing", file.path))
            .collect::<Vec<_>>()
    }));
}

#[test]
fn a_rest_arm_is_seen_where_it_stands() {
    for (code, lines) in [
        ("fn f() { match event { PlanEvent::PlanOpened { .. } => 1,\n _ => 2 }; }", vec![2]),
        ("fn f() { match event { Event::Plan(event) => 1,\n Event::Edition(_) => 2 }; }", vec![]),
        ("fn f() { match kind { PlanKind::Plan => 1, _ => 2 }; }", vec![]),
        ("fn f() { match &a.event { Event::Plan(_) | Event::Edition(_) => 1, _ => 2 }; }", vec![1]),
    ] {
        assert_eq!(paths_of(&syn::parse_file(code).expect("code")).rest_arms, lines, "{code}");
    }
}
