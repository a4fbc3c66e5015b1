//! STYLE 1: the documentation of a public type begins with the Japanese term that staff use.

use super::source::{is_for_tests, none, rust_files};

#[test]
fn every_public_type_of_documents_and_the_domain_begins_with_its_japanese_term() {
    let (mut types, mut without) = (0, Vec::new());
    for file in rust_files(&["crates/document/src", "crates/domain/src"]) {
        for (name, attributes) in file.parse().items.iter().filter(|item| !is_for_tests(item)).filter_map(public_type) {
            let first = first_line(attributes).unwrap_or_default();
            types += 1;
            if !begins_with_a_term(&first) {
                without.push(format!("{}: {name}: /// {first}", file.path));
            }
        }
    }
    assert!(types > 0);
    none(without.into_iter());
}

#[test]
fn a_term_is_japanese_and_separated_from_its_meaning() {
    for (line, expected) in [
        ("年度 — the fiscal year", true),
        ("ひとり親家庭 — a family", true),
        ("SharedFact — one thing", false),
        ("the fiscal year 年度 — April to March", false),
        ("年度: the fiscal year", false),
        ("", false),
    ] {
        assert_eq!(begins_with_a_term(line), expected, "{line}");
    }
}

fn begins_with_a_term(line: &str) -> bool {
    let is_japanese = |c: char| matches!(c, '\u{3041}'..='\u{30ff}' | '々' | '\u{4e00}'..='\u{9fff}');
    line.chars().next().is_some_and(is_japanese) && line.contains(" — ")
}

fn public_type(item: &syn::Item) -> Option<(String, &[syn::Attribute])> {
    let (visibility, name, attributes) = match item {
        syn::Item::Struct(item) => (&item.vis, &item.ident, &item.attrs),
        syn::Item::Enum(item) => (&item.vis, &item.ident, &item.attrs),
        syn::Item::Trait(item) => (&item.vis, &item.ident, &item.attrs),
        syn::Item::Type(item) => (&item.vis, &item.ident, &item.attrs),
        _ => return None,
    };
    matches!(visibility, syn::Visibility::Public(_)).then(|| (name.to_string(), attributes.as_slice()))
}

/// Returns the first line of the doc comment, trimmed.
fn first_line(attributes: &[syn::Attribute]) -> Option<String> {
    attributes.iter().find_map(|attribute| {
        let syn::Meta::NameValue(pair) = &attribute.meta else { return None };
        let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) = &pair.value else { return None };
        pair.path.is_ident("doc").then(|| text.value().trim().to_owned())
    })
}
