//! The operator of a node sees the private content of each party. Therefore only the listed places in the sources may
//! create the operator or the operator's view. No request of an officer runs through these places.

use std::collections::BTreeSet;

use syn::visit::Visit;

use super::source::{SourceFile, is_for_tests, none, rust_files};

/// Names that create the operator or the operator's view if they are the last name of a path in an expression.
const MAKERS: [&str; 5] = ["Operator", "OperatorEyes", "LocalOperator", "local_operator", "local_viewer"];

/// The beginning of a path below `crates`, and the names allowed there.
const PLACES: [(&str, &[&str]); 11] = [
    // The only constructor of the view; it requires `Actor::Operator`.
    ("domain/src/view/viewer.rs", &["Operator", "OperatorEyes"]),
    // The only constructor of the operator.
    ("app/src/people/access.rs", &["Operator", "local_operator"]),
    // The table of roles and their rights.
    ("domain/src/authority/right.rs", &["LocalOperator"]),
    // The visitor of a node without accounts, with this visitor's actor and view.
    ("app/src/people/visitor.rs", &["LocalOperator", "local_operator", "local_viewer"]),
    // Requests to a node without accounts, and the language that its visitor chose.
    ("web/src/frame/site.rs", &["local_operator"]),
    ("web/src/frame/recognise.rs", &["local_operator"]),
    // Facts that are used only to create the id of an account, not for a decision.
    ("app/src/people/accounts.rs", &["local_operator"]),
    // The owner of stored rows outside of the journal, and of files that were uploaded before uploads had owners. The
    // owner cannot be used to view a plan.
    ("journal/src/owner.rs", &["LocalOperator"]),
    ("journal/src/engine/sqlite/owner.rs", &["LocalOperator"]),
    ("app/src/evidence/review.rs", &["LocalOperator"]),
    // The person at the command line of this machine.
    ("cli/src", &["local_operator", "local_viewer"]),
];

#[test]
fn the_operator_and_the_operators_view_are_made_in_few_places() {
    let mut used = BTreeSet::new();
    let mut elsewhere = Vec::new();
    for file in rust_files(&["crates"]).iter().filter(|file| !file.is_test()) {
        let path = file.path.strip_prefix("crates/").unwrap_or(&file.path);
        for (line, maker) in made_in(file) {
            let place = |(start, makers): &(&str, &[&str])| path.starts_with(start) && makers.contains(&maker.as_str());
            match PLACES.iter().find(|known| place(known)) {
                Some((start, _)) => drop(used.insert((*start, maker))),
                None => elsewhere.push(format!("{}:{line}: {maker}", file.path)),
            }
        }
    }
    none(elsewhere.into_iter());
    let listed = PLACES.iter().flat_map(|(start, makers)| makers.iter().map(|maker| (*start, (*maker).to_owned())));
    none(listed.filter(|known| !used.contains(known)).map(|(start, maker)| format!("{start} makes no {maker}")));
}

#[test]
fn a_pattern_creates_no_operator_and_an_expression_does() {
    for (code, expected) in [
        ("match actor { Actor::Operator { .. } => true, _ => false }", vec![]),
        ("matches(viewer, Viewer::Party(own))", vec![]),
        ("if let Viewer::Operator(_) = viewer {}", vec![]),
        ("Actor::Operator { post }", vec!["Operator"]),
        ("may(right).then(access::local_operator)", vec!["local_operator"]),
        ("state.seen_by(Viewer::Operator(OperatorEyes(())))", vec!["Operator", "OperatorEyes"]),
        ("assert!(state.seen_by(local_viewer()).is_empty())", vec!["local_viewer"]),
    ] {
        let text = format!("fn of() {{ {code}; }}");
        let found: Vec<String> =
            made_in(&SourceFile { path: String::new(), text }).into_iter().map(|(_, maker)| maker).collect();
        assert_eq!(found, expected, "{code}");
    }
}

/// Returns the lines outside of tests that make the operator or the operator's view.
fn made_in(file: &SourceFile) -> Vec<(usize, String)> {
    if MAKERS.iter().all(|maker| !file.text.contains(maker)) {
        return Vec::new();
    }
    let mut made = Made { found: Vec::new() };
    file.parse().items.iter().filter(|item| !is_for_tests(item)).for_each(|item| made.visit_item(item));
    made.found
}

struct Made {
    found: Vec<(usize, String)>,
}

impl Made {
    fn note(&mut self, name: &proc_macro2::Ident) {
        if MAKERS.iter().any(|maker| name == maker) {
            self.found.push((name.span().start().line, name.to_string()));
        }
    }

    fn note_path(&mut self, path: &syn::Path) {
        if let Some(last) = path.segments.last() {
            self.note(&last.ident);
        }
    }

    fn note_tokens(&mut self, tokens: proc_macro2::TokenStream) {
        for token in tokens {
            match token {
                proc_macro2::TokenTree::Ident(name) => self.note(&name),
                proc_macro2::TokenTree::Group(group) => self.note_tokens(group.stream()),
                _ => {}
            }
        }
    }
}

impl<'ast> Visit<'ast> for Made {
    fn visit_expr_path(&mut self, path: &'ast syn::ExprPath) {
        self.note_path(&path.path);
    }

    fn visit_expr_struct(&mut self, made: &'ast syn::ExprStruct) {
        self.note_path(&made.path);
        syn::visit::visit_expr_struct(self, made);
    }

    /// Checks every name in the arguments of a macro, because an argument may be an expression.
    fn visit_macro(&mut self, called: &'ast syn::Macro) {
        self.note_tokens(called.tokens.clone());
    }
}
