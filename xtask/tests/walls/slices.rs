//! HOUSE.md: each slice has one name and one folder. Only the slice's folder in `domain` may name the events of the
//! slice.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::Visit;

use super::source::{SourceFile, is_for_tests, none, root, rust_files};

/// Returns the sources of `domain` and of the crates that depend on it.
fn sources() -> Vec<SourceFile> {
    let files = rust_files(&["crates/domain", "crates/app", "crates/web", "crates/cli"]);
    files.into_iter().filter(|file| !file.is_test()).collect()
}

/// Returns the slices that declare events: the folders with an `event.rs`.
fn slices() -> Vec<String> {
    let files = rust_files(&["crates/domain/src"]).into_iter();
    let slice = |file: SourceFile| {
        let slice = file.path.strip_prefix("crates/domain/src/")?.strip_suffix("/event.rs")?.to_owned();
        (!slice.contains('/')).then_some(slice)
    };
    files.filter_map(slice).collect()
}

/// Returns the name of a slice's type: `SharedFactEvent` for the events of `shared_fact`.
pub fn type_of(slice: &str, kind: &str) -> String {
    let word = |part: &str| part[..1].to_uppercase() + &part[1..];
    slice.split('_').map(word).collect::<String>() + kind
}

/// Collects the names before `::`, with their lines and the token after `::`, inside of macros too.
fn qualifiers(code: TokenStream, into: &mut Vec<(String, usize, String)>) {
    let tokens: Vec<TokenTree> = code.into_iter().collect();
    for window in tokens.windows(4) {
        let [TokenTree::Ident(name), TokenTree::Punct(one), TokenTree::Punct(two), behind] = window else { continue };
        if one.as_char() == ':' && two.as_char() == ':' {
            into.push((name.to_string(), name.span().start().line, behind.to_string()));
        }
    }
    for token in tokens {
        if let TokenTree::Group(group) = token {
            qualifiers(group.stream(), into);
        }
    }
}

pub fn qualifiers_in(text: &str) -> Vec<(String, usize, String)> {
    let mut found = Vec::new();
    qualifiers(text.parse().expect("Rust"), &mut found);
    found
}

#[test]
fn the_events_of_a_slice_are_named_in_its_folder_alone() {
    let slices = slices();
    assert!(slices.len() >= 7, "{slices:?}");
    let (mut elsewhere, mut at_home) = (Vec::new(), BTreeSet::new());
    for file in sources() {
        for (name, line, event) in qualifiers_in(&file.text) {
            let Some(slice) = slices.iter().find(|slice| type_of(slice, "Event") == name) else { continue };
            // `DECLARED` and functions belong to the whole enum and not to one event.
            let is_event = event.starts_with(['*', '{'])
                || event.chars().any(char::is_lowercase) && event.starts_with(char::is_uppercase);
            if is_event && file.path.starts_with(&format!("crates/domain/src/{slice}/")) {
                at_home.insert(slice.clone());
            } else if is_event {
                elsewhere.push(format!("{}:{line}: {name}::{event}", file.path));
            }
        }
    }
    assert_eq!(at_home, slices.iter().cloned().collect(), "each slice names its own events somewhere");
    none(elsewhere.into_iter());
}

#[test]
fn an_event_is_found_in_paths_imports_and_macros() {
    for code in [
        "fn f() { crate::plan::event::PlanEvent::PlanOpened {}; }",
        "fn f() { vec![pending(PlanEvent::PlanOpened {})]; }",
        "use crate::plan::event::PlanEvent::*;",
        "fn f() { matches!(event, PlanEvent::PlanOpened { .. }); }",
    ] {
        assert!(qualifiers_in(code).iter().any(|(name, _, _)| name == "PlanEvent"), "{code}");
    }
    assert!(!qualifiers_in("use crate::plan::event::PlanEvent;").iter().any(|(name, _, _)| name == "PlanEvent"));
}

/// Finds `match` expressions on events with a catch-all arm.
#[derive(Default)]
struct RestArms(Vec<usize>);

impl<'ast> Visit<'ast> for RestArms {
    fn visit_expr_match(&mut self, matched: &'ast syn::ExprMatch) {
        if matched.arms.iter().any(|arm| names_an_event(&arm.pat)) {
            let rest = matched.arms.iter().filter(|arm| takes_the_rest(&arm.pat));
            self.0.extend(rest.map(|arm| arm.fat_arrow_token.spans[0].start().line));
        }
        syn::visit::visit_expr_match(self, matched);
    }
}

/// Whether a pattern is a catch-all: `_`, a name alone, or an alternative of these.
fn takes_the_rest(pattern: &syn::Pat) -> bool {
    match pattern {
        syn::Pat::Wild(_) => true,
        syn::Pat::Ident(name) => name.subpat.is_none(),
        syn::Pat::Or(cases) => cases.cases.iter().any(takes_the_rest),
        _ => false,
    }
}

/// Whether a pattern names an event: `PlanEvent::…`, or a slice of `Event::…`.
fn names_an_event(pattern: &syn::Pat) -> bool {
    struct Named(bool);
    impl<'ast> Visit<'ast> for Named {
        fn visit_path(&mut self, path: &'ast syn::Path) {
            let parts: Vec<String> = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
            self.0 |= parts.iter().rev().nth(1).is_some_and(|name| name.ends_with("Event"));
        }
    }
    let mut named = Named(false);
    named.visit_pat(pattern);
    named.0
}

fn rest_arms(code: &syn::File) -> Vec<usize> {
    let mut found = RestArms::default();
    found.visit_file(code);
    found.0
}

#[test]
fn no_match_on_an_event_has_a_catch_all_arm() {
    none(sources().iter().flat_map(|file| {
        let lines = rest_arms(&file.parse());
        let told = |line| format!("{}:{line}: name the events that change nothing", file.path);
        lines.into_iter().map(told).collect::<Vec<_>>()
    }));
}

#[test]
fn a_catch_all_arm_is_found() {
    for (code, lines) in [
        ("fn f() { match event { PlanEvent::PlanOpened { .. } => 1,\n _ => 2 }; }", vec![2]),
        ("fn f() { match event { plan::event::PlanEvent::PlanOpened { .. } => 1,\n other => 2 }; }", vec![2]),
        ("fn f() { match event { Event::Plan(event) => 1,\n Event::Edition(_) => 2 }; }", vec![]),
        ("fn f() { match kind { PlanKind::Plan => 1, _ => 2 }; }", vec![]),
        ("fn f() { match &a.event { Event::Plan(_) | _ => 1 }; }", vec![1]),
    ] {
        assert_eq!(rest_arms(&syn::parse_file(code).expect("code")), lines, "{code}");
    }
}

/// The slices. Each is a folder or file of this name in every layer that contains code of the slice.
const SLICES: [&str; 11] = [
    "agreement",
    "edition",
    "evidence",
    "finding",
    "handover",
    "indicator",
    "organisation",
    "people",
    "plan",
    "record",
    "shared_fact",
];

/// Further folders and files that are allowed in a layer.
const BESIDE: [(&str, &[&str]); 9] = [
    (
        "crates/domain/src",
        &["authority", "command", "decide", "event", "lib", "limits", "ownership", "phrases", "refusal", "view"],
    ),
    ("crates/app/src", &["lib", "node"]),
    ("crates/web/src", &["frame", "home", "lib", "routes", "server"]),
    ("crates/web/templates", &["frame", "home"]),
    ("crates/web/phrases", &["frame", "home"]),
    ("crates/domain/tests/all", &["authority", "main", "world"]),
    ("crates/app/tests/all", &["fixture", "main", "node"]),
    // Tests over all slices: secrets, owners, ids, kept data folders, the table of routes.
    (
        "crates/web/tests/all",
        &[
            "addresses",
            "agreements",
            "document",
            "frame",
            "home",
            "kept",
            "main",
            "owners",
            "pages",
            "permuted",
            "secrecy",
            "snapshots",
            "town",
        ],
    ),
    (
        "tests/browser",
        &[
            "frame",
            "home",
            "looks",
            "node_modules",
            "package",
            "package-lock",
            "pages",
            "prepare",
            "sample",
            "screenshots",
            "server",
            "site",
        ],
    ),
];

#[test]
fn a_layer_has_only_folders_of_slices_and_the_listed_ones() {
    let mut elsewhere = Vec::new();
    for (layer, beside) in BESIDE {
        for entry in std::fs::read_dir(root().join(layer)).expect("a folder") {
            let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
            let word = name.split('.').next().unwrap_or_default();
            if !name.starts_with('.') && !SLICES.contains(&word) && !beside.contains(&word) {
                elsewhere.push(format!("{layer}/{name} is no slice"));
            }
        }
    }
    none(elsewhere.into_iter());
}

#[test]
fn each_slice_of_the_web_is_tested_in_a_browser() {
    let exists = |path: String| root().join(path).exists();
    let untested = |slice: &str| {
        let tests = [format!("tests/browser/{slice}.test.js"), format!("tests/browser/{slice}")];
        (exists(format!("crates/web/src/{slice}")) && !tests.into_iter().any(exists)).then(|| slice.to_owned())
    };
    none(SLICES.into_iter().filter_map(untested));
}

/// Returns, for each folder of a crate, the other folders that it names. Ignores the folders in `without`.
fn named_by_folder(source: &str, without: &[&str]) -> BTreeMap<String, BTreeSet<String>> {
    let mut named: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let folder = |file: &SourceFile| {
        let (folder, _) = file.path.strip_prefix(source)?.strip_prefix('/')?.split_once('/')?;
        (!without.contains(&folder)).then(|| folder.to_owned())
    };
    for file in rust_files(&[source]).into_iter().filter(|file| !file.is_test()) {
        let Some(folder) = folder(&file) else { continue };
        let paths = qualifiers_in(&file.text).into_iter().filter(|(name, _, _)| name == "crate");
        named.entry(folder.clone()).or_default().extend(paths.map(|(_, _, behind)| behind).filter(|to| *to != folder));
    }
    let folders: BTreeSet<String> = named.keys().cloned().collect();
    named.values_mut().for_each(|to| to.retain(|to| folders.contains(to)));
    named
}

/// Returns the folders that depend on each other in a cycle, with the folders that they name.
fn circles(mut named: BTreeMap<String, BTreeSet<String>>) -> Vec<String> {
    while let Some(free) = named.iter().find(|(_, to)| to.is_empty()).map(|(folder, _)| folder.clone()) {
        named.remove(&free);
        named.values_mut().for_each(|to| {
            to.remove(&free);
        });
    }
    named.into_iter().map(|(folder, to)| format!("{folder} names {to:?}")).collect()
}

#[test]
fn slices_do_not_depend_on_each_other_in_circles() {
    // `node`, `record`, `view`, `decide` and `authority` are ignored, because they contain the shared parts of all
    // slices: the dossiers contain the state of each slice, and the decisions and views of a slice read the dossiers.
    for (source, without) in [
        ("crates/web/src", &[][..]),
        ("crates/app/src", &["node"]),
        ("crates/domain/src", &["record", "view", "decide", "authority"]),
    ] {
        let named = named_by_folder(source, without);
        assert!(named.len() >= 6 && named.values().any(|to| !to.is_empty()), "{source}: {named:?}");
        none(circles(named).into_iter().map(|circle| format!("{source}: {circle}")));
    }
    let of = |pairs: &[(&str, &str)]| {
        let mut named: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (one, other) in pairs {
            named.entry((*one).to_owned()).or_default().insert((*other).to_owned());
            named.entry((*other).to_owned()).or_default();
        }
        circles(named).len()
    };
    assert_eq!((of(&[("a", "b"), ("b", "c"), ("a", "c")]), of(&[("a", "b"), ("b", "c"), ("c", "b")])), (0, 3));
}

/// Returns the paths that an import lists.
fn imported(tree: &syn::UseTree, before: &[String], into: &mut Vec<Vec<String>>) {
    let with = |name: &syn::Ident| before.iter().cloned().chain([name.to_string()]).collect::<Vec<_>>();
    match tree {
        syn::UseTree::Path(path) => imported(&path.tree, &with(&path.ident), into),
        syn::UseTree::Group(group) => group.items.iter().for_each(|tree| imported(tree, before, into)),
        syn::UseTree::Name(name) => into.push(with(&name.ident)),
        syn::UseTree::Rename(name) => into.push(with(&name.ident)),
        syn::UseTree::Glob(_) => into.push(before.to_vec()),
    }
}

/// Collects the paths in a file, including imports and without tests.
struct Paths(Vec<Vec<String>>);

impl<'ast> Visit<'ast> for Paths {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        if !is_for_tests(item) {
            syn::visit::visit_item(self, item);
        }
    }

    fn visit_use_tree(&mut self, tree: &'ast syn::UseTree) {
        imported(tree, &[], &mut self.0);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        self.0.push(path.segments.iter().map(|segment| segment.ident.to_string()).collect());
        syn::visit::visit_path(self, path);
    }

    /// Ignore visibilities such as `pub(super)`, because they do not name an item.
    fn visit_visibility(&mut self, _: &'ast syn::Visibility) {}
}

/// Converts a path to a path from the root of the crate; `None` if the path names another crate or an item of the same
/// module.
fn from_root<'a>(module: &'a str, path: &'a [String], modules: &BTreeSet<&str>) -> Option<Vec<&'a str>> {
    let here: Vec<&str> = module.split("::").collect();
    let ups = path.iter().take_while(|part| *part == "super").count();
    let (base, rest) = match path.first()?.as_str() {
        "crate" => (&[][..], &path[1..]),
        "self" => (&here[..], &path[1..]),
        "super" => (&here[..here.len().checked_sub(ups)?], &path[ups..]),
        // A path of one word may be a variable.
        child if path.len() > 1 && modules.contains(format!("{module}::{child}").as_str()) => (&here[..], path),
        _ => return None,
    };
    Some(base.iter().copied().chain(rest.iter().map(String::as_str)).collect())
}

/// Returns, for each module of a crate, the other modules that it names. The root module is left out, because it names
/// all modules.
fn named_by_module(source: &str) -> BTreeMap<String, BTreeSet<String>> {
    let module = |file: &SourceFile| {
        let path = file.path.strip_prefix(source)?.trim_start_matches('/').strip_suffix(".rs")?;
        let inside = !["lib", "main"].contains(&path) && !file.is_test();
        inside.then(|| path.strip_suffix("/mod").unwrap_or(path).replace('/', "::"))
    };
    let files: Vec<(String, SourceFile)> =
        rust_files(&[source]).into_iter().filter_map(|file| Some((module(&file)?, file))).collect();
    let modules: BTreeSet<&str> = files.iter().map(|(module, _)| module.as_str()).collect();
    let home = |module: &str, path: &[String]| {
        let path = from_root(module, path, &modules)?;
        (1..=path.len()).rev().map(|length| path[..length].join("::")).find(|name| modules.contains(name.as_str()))
    };
    let named = |(module, file): &(String, SourceFile)| {
        let mut paths = Paths(Vec::new());
        paths.visit_file(&file.parse());
        (module.clone(), paths.0.iter().filter_map(|path| home(module, path)).filter(|to| to != module).collect())
    };
    files.iter().map(named).collect()
}

#[test]
fn the_modules_of_a_crate_do_not_depend_on_each_other_in_circles() {
    let crates = ["app", "cli", "document", "domain", "identity", "import", "journal", "publish", "sample", "web"];
    let sources = crates.iter().map(|name| format!("crates/{name}/src")).chain(["xtask/src".to_owned()]);
    for source in sources {
        let named = named_by_module(&source);
        assert!(named.values().any(|to| !to.is_empty()), "{source}: {named:?}");
        none(circles(named).into_iter().map(|circle| format!("{source}: {circle}")));
    }
    let named = named_by_module("crates/domain/src");
    for (from, to) in [
        ("plan::decide::suggest", "plan::decide::row"),
        ("plan::decide", "plan::decide::placing"),
        ("plan::event", "record::declared"),
        ("plan::suggestion", "plan::wording"),
    ] {
        assert!(named[from].contains(to), "{from} names {to}: {:?}", named[from]);
    }
    assert!(!named["plan::decide::row"].contains("plan::decide"), "pub(super) names nothing");
}

#[test]
fn a_slice_of_the_web_lists_its_routes_itself() {
    let routes = rust_files(&["crates/web/src"]).into_iter().filter(|file| file.path.ends_with("/routes.rs"));
    let slices: Vec<String> = routes.filter(|file| file.text.contains("const ROUTES")).map(|file| file.path).collect();
    let gathered = std::fs::read_to_string(root().join("crates/web/src/routes.rs")).expect("the table");
    for path in &slices {
        let slice = path.trim_start_matches("crates/web/src/").trim_end_matches("/routes.rs");
        assert!(gathered.contains(&format!(" {slice}::routes::ROUTES")), "{slice}");
    }
    assert!(slices.len() >= 10, "{slices:?}");
}

#[test]
fn only_its_engine_uses_a_database() {
    let outside = |file: &SourceFile| !file.is_test() && !file.path.starts_with("crates/journal/src/engine/sqlite/");
    let files = rust_files(&["crates/journal/src"]).into_iter().filter(outside);
    none(files.filter(|file| file.text.contains("rusqlite")).map(|file| format!("{}: rusqlite", file.path)));
}

#[test]
fn stored_types_are_declared_outside_the_engine() {
    let mut declared: Vec<String> = Vec::new();
    for file in rust_files(&["crates/journal/src/engine"]) {
        let types = file.parse().items.into_iter().filter_map(|item| match item {
            syn::Item::Struct(item) => Some((item.vis, item.ident)),
            syn::Item::Enum(item) => Some((item.vis, item.ident)),
            syn::Item::Type(item) => Some((item.vis, item.ident)),
            _ => None,
        });
        let public = types.filter(|(vis, _)| matches!(vis, syn::Visibility::Public(_)));
        declared.extend(public.map(|(_, name)| format!("{}: {name}", file.path)));
    }
    // An engine declares only its two connections. Declarations that are the same for every engine must be elsewhere.
    let store = "crates/journal/src/engine/sqlite/store.rs";
    assert_eq!(declared, [format!("{store}: Reader"), format!("{store}: Journal")]);
}

#[test]
fn the_promises_of_the_store_name_no_engine() {
    let words = ["rusqlite", "sqlite3", "engine::", "std::fs", "Connection"];
    let files = rust_files(&["crates/journal/tests/all/promises"]);
    none(files.iter().flat_map(|file| {
        let named = words.into_iter().filter(|word| file.text.contains(word));
        named.map(|word| format!("{}: {word}", file.path)).collect::<Vec<_>>()
    }));
}
