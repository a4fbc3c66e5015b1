//! HOUSE.md: each command can be given by a page or the command line, private data of each slice is part of the test of
//! secrecy, and work of strangers runs on threads of lower priority.

use std::collections::BTreeSet;

use super::slices::{qualifiers_in, type_of};
use super::source::{SourceFile, none, root, rust_files};

/// Commands that no page and no verb gives yet, with the reason.
const NOT_YET: [(&str, &str); 1] = [(
    "IndicatorCommand::ReportObservation",
    "values come from documents; entering results on a page is the work of the year's round",
)];

/// Returns the variants of each enum that a slice declares in its `command.rs`: `PlanCommand::OpenPlan`.
fn commands() -> Vec<String> {
    let files = rust_files(&["crates/domain/src"]).into_iter().filter(|file| file.path.ends_with("/command.rs"));
    let enums = files.flat_map(|file| file.parse().items).filter_map(|item| match item {
        syn::Item::Enum(item) => Some(item),
        _ => None,
    });
    let variants = |item: syn::ItemEnum| {
        let name = item.ident;
        item.variants.into_iter().map(move |variant| format!("{name}::{}", variant.ident))
    };
    enums.flat_map(variants).collect()
}

/// Returns the paths of two names in the code of a file, without its tests.
fn paths_in(file: &SourceFile) -> Vec<String> {
    let code = file.lines_without_tests().into_iter().map(|(_, line)| line).collect::<Vec<_>>().join("\n");
    qualifiers_in(&code).into_iter().map(|(name, _, behind)| format!("{name}::{behind}")).collect()
}

#[test]
fn each_command_is_given_by_a_page_or_the_command_line() {
    let commands = commands();
    assert!(commands.len() > 30, "{commands:?}");
    let callers = rust_files(&["crates/app/src", "crates/web/src", "crates/cli/src"]);
    let named: BTreeSet<String> = callers.iter().flat_map(paths_in).collect();
    let reached: BTreeSet<&String> = commands.iter().filter(|command| named.contains(*command)).collect();
    let listed = |command: &String| NOT_YET.iter().any(|(known, _)| known == command);
    none(
        commands
            .iter()
            .filter(|command| !reached.contains(command) && !listed(command))
            .map(|command| format!("{command} is constructed neither in app nor in web nor in cli")),
    );
    none(
        NOT_YET
            .iter()
            .filter(|(known, _)| reached.contains(&(*known).to_owned()))
            .map(|(known, _)| format!("{known} is given now: take it off the list")),
    );
}

#[test]
fn each_slice_with_private_data_has_its_secret_in_the_test_of_secrecy() {
    let private = |file: &SourceFile| {
        let decides = file.path.contains("/decide") || file.path.ends_with("/proposal.rs");
        let is_private = ["in_own(", "DossierKey::AgreementOwn(", "DossierKey::Party("];
        decides && file.path.matches('/').count() > 3 && is_private.iter().any(|word| file.text.contains(word))
    };
    let files = rust_files(&["crates/domain/src"]).into_iter().filter(|file| !file.is_test() && private(file));
    let slices: BTreeSet<String> = files
        .filter_map(|file| Some(file.path.split('/').nth(3)?.to_owned()))
        .filter(|slice| slice != "record")
        .collect();
    assert!(slices.contains("plan") && slices.contains("indicator") && slices.contains("organisation"), "{slices:?}");
    // A concluded agreement and a frozen edition are shown to both parties: they have no private part.
    let public = ["agreement", "edition"];
    let secrecy: String = rust_files(&["crates/web/tests/all"])
        .into_iter()
        .filter(|file| file.path.contains("/secrecy"))
        .map(|file| file.text)
        .collect();
    let command = |slice: &str| type_of(slice, "Command") + "::";
    let missing = slices.iter().filter(|slice| !public.contains(&slice.as_str()) && !secrecy.contains(&command(slice)));
    none(
        missing.map(|slice| {
            format!("{slice} keeps data to one party, and web/tests/all/secrecy.rs gives no command of it")
        }),
    );
}

/// Number of uses of the threads of lower priority and of the ordinary ones, for each file of `web` that uses any.
const THREADS: [(&str, usize, usize); 5] = [
    // A page of a stranger and long work run on threads of lower priority, every other page on ordinary ones.
    ("frame/asked.rs", 1, 1),
    // A chunk of an uploaded file, which only a signed-in visitor may send, is written to the disk.
    ("frame/form.rs", 0, 1),
    // A token that no session knows is looked up on threads of lower priority.
    ("frame/recognise.rs", 1, 1),
    // A form of a stranger.
    ("frame/taking.rs", 1, 0),
    // The renewal of the certificate.
    ("server.rs", 0, 1),
];

#[test]
fn strangers_wait_behind_signed_in_visitors() {
    let files = rust_files(&["crates/web/src"]).into_iter();
    let uses = files.filter(|file| !file.is_test() && !file.path.ends_with("/low_priority.rs")).map(|file| {
        let (path, paths) = (file.path.trim_start_matches("crates/web/src/").to_owned(), paths_in(&file));
        let uses = |wanted: &str| paths.iter().filter(|path| *path == wanted).count();
        (path, uses("low_priority::spawn"), uses("task::spawn_blocking"))
    });
    let found: Vec<_> = uses.filter(|(_, low, ordinary)| low + ordinary > 0).collect();
    let found: Vec<_> = found.iter().map(|(path, low, ordinary)| (path.as_str(), *low, *ordinary)).collect();
    assert_eq!(found, THREADS, "file, uses of low_priority::spawn, uses of spawn_blocking");
}

/// Returns the slices of the table in ARCHITECTURE.md, each with its layers.
fn listed_slices(text: &str) -> Vec<(String, BTreeSet<String>)> {
    let rows = text.lines().skip_while(|line| !line.starts_with("| slice |")).skip(2);
    let rows = rows.take_while(|line| line.starts_with('|'));
    let cells = rows.map(|line| line.split('|').map(str::trim).collect::<Vec<_>>());
    let listed = cells.map(|cells| {
        let layers = if cells[3] == "all" { "domain, app, web" } else { cells[3] };
        let named = ["domain", "app", "web"].into_iter().filter(|layer| layers.contains(layer));
        (cells[1].trim_matches('`').to_owned(), named.map(str::to_owned).collect())
    });
    listed.collect()
}

#[test]
fn the_table_of_slices_is_true() {
    let text = std::fs::read_to_string(root().join("ARCHITECTURE.md")).expect("the map");
    let exists = |layer: &str, slice: &str| {
        let path = root().join(format!("crates/{layer}/src/{slice}"));
        path.is_dir() || path.with_extension("rs").is_file()
    };
    let listed = listed_slices(&text);
    assert!(listed.len() > 10, "{listed:?}");
    none(listed.into_iter().filter_map(|(slice, layers)| {
        let found = ["domain", "app", "web"].into_iter().filter(|layer| exists(layer, &slice));
        let found: BTreeSet<String> = found.map(str::to_owned).collect();
        (found != layers).then(|| format!("{slice}: the table says {layers:?}, there are {found:?}"))
    }));
}
