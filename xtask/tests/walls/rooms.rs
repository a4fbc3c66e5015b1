//! STYLE 11: small files and functions, and module names that say what they contain.

use syn::spanned::Spanned;
use syn::visit::Visit;

use super::source::{SourceFile, none, rust_files};

const LINES_OF_A_FILE: usize = 400;
const LINES_OF_A_FUNCTION: usize = 60;
const NAMES_THAT_SAY_NOTHING: [&str; 12] = [
    "util", "utils", "helper", "helpers", "common", "manager", "service", "services", "misc", "stuff", "lib_", "types",
];

#[test]
fn a_file_has_at_most_400_lines_without_its_tests() {
    let long = |file: &SourceFile| {
        // Counting all lines first is faster than finding the tests of the file.
        let all = file.text.lines().count();
        let lines = if all > LINES_OF_A_FILE { file.lines_without_tests().len() } else { all };
        (lines > LINES_OF_A_FILE).then(|| format!("{} has {lines} lines", file.path))
    };
    none(rust_files(&["crates", "xtask"]).iter().filter_map(long));
}

#[test]
fn a_function_has_at_most_60_lines() {
    none(rust_files(&["crates", "xtask"]).iter().flat_map(|file| {
        let mut long = LongFunctions { file, found: Vec::new() };
        long.visit_file(&file.parse());
        long.found
    }));
}

#[test]
fn no_module_has_a_meaningless_name() {
    none(rust_files(&["crates", "xtask"]).iter().filter_map(|file| {
        let says_nothing = |part: &str| NAMES_THAT_SAY_NOTHING.contains(&part.strip_suffix(".rs").unwrap_or(part));
        file.path.split('/').any(says_nothing).then(|| file.path.clone())
    }));
}

struct LongFunctions<'a> {
    file: &'a SourceFile,
    found: Vec<String>,
}

impl LongFunctions<'_> {
    /// Counts the lines of code between the braces, without blank lines and comments, as clippy does.
    fn measure(&mut self, name: &syn::Ident, block: &syn::Block) {
        let (from, to) = (block.span().start().line, block.span().end().line);
        let body = self.file.text.lines().skip(from).take((to - from).saturating_sub(1));
        let lines = body.filter(|line| !line.trim().is_empty() && !line.trim().starts_with("//")).count();
        if lines > LINES_OF_A_FUNCTION {
            self.found.push(format!("{}: fn {name} has {lines} lines", self.file.path));
        }
    }
}

impl<'ast> Visit<'ast> for LongFunctions<'_> {
    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.measure(&item.sig.ident, &item.block);
        syn::visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.measure(&item.sig.ident, &item.block);
        syn::visit::visit_impl_item_fn(self, item);
    }
}
