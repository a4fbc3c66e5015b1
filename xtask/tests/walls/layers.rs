//! DESIGN §4: which crate may depend on which, and which crates may use each heavy dependency.

use cargo_metadata::{DependencyKind, MetadataCommand, Package};

/// Our crates, each with the list of our crates on which it may depend.
const LAYERS: [(&str, &[&str]); 11] = [
    ("renkei-document", &[]),
    ("renkei-domain", &["renkei-document"]),
    ("renkei-import", &["renkei-document"]),
    ("renkei-publish", &["renkei-document"]),
    ("renkei-journal", &["renkei-document"]),
    ("renkei-identity", &[]),
    (
        "renkei-app",
        &["renkei-document", "renkei-domain", "renkei-identity", "renkei-import", "renkei-publish", "renkei-journal"],
    ),
    ("renkei-web", &["renkei-app", "renkei-document", "renkei-domain"]),
    ("renkei-sample", &[]),
    (
        "renkei",
        &[
            "renkei-app",
            "renkei-document",
            "renkei-domain",
            "renkei-import",
            "renkei-journal",
            "renkei-publish",
            "renkei-sample",
            "renkei-web",
        ],
    ),
    ("xtask", &[]),
];

/// The beginning of a dependency's name, and the crates that may use it.
const HOMES: [(&str, &[&str]); 35] = [
    ("typst", &["renkei-publish"]),
    ("quick-xml", &["renkei-publish", "renkei-import"]),
    ("zip", &["renkei-publish", "renkei-import"]),
    ("csv", &["renkei-publish", "renkei-import"]),
    ("rust_xlsxwriter", &["renkei-publish"]),
    ("umya-spreadsheet", &["renkei-publish"]),
    ("hayro", &["renkei-import"]),
    ("encoding_rs", &["renkei-publish", "renkei-import"]),
    ("rusqlite", &["renkei-journal"]),
    ("tokio-postgres", &["renkei-journal"]),
    ("ed25519-dalek", &["renkei-journal"]),
    ("chacha20poly1305", &["renkei-journal"]),
    ("argon2", &["renkei-identity"]),
    ("totp-rs", &["renkei-identity"]),
    ("qrcode", &["renkei-identity"]),
    ("rustix", &["renkei-identity"]),
    ("openidconnect", &["renkei-identity"]),
    ("webauthn_rp", &["renkei-identity"]),
    ("ureq", &["renkei-identity"]),
    ("tokio-rustls", &["renkei-web"]),
    ("socket2", &["renkei-web", "xtask"]),
    ("icu_segmenter", &["renkei-document"]),
    ("axum", &["renkei-web"]),
    ("askama", &["renkei-web"]),
    ("hyper", &["renkei-web"]),
    ("tower", &["renkei-web"]),
    ("rust-embed", &["renkei-web"]),
    ("clap", &["renkei"]),
    ("indicatif", &["renkei"]),
    ("mimalloc", &["renkei"]),
    ("directories", &["renkei"]),
    ("rand_chacha", &["renkei-sample"]),
    ("cargo_metadata", &["xtask"]),
    ("syn", &["xtask"]),
    ("proc-macro2", &["xtask"]),
];

#[test]
fn a_crate_depends_only_on_lower_layers() {
    let packages = packages();
    for package in &packages {
        let name = package.name.as_str();
        let (_, allowed) =
            LAYERS.iter().find(|(known, _)| *known == name).unwrap_or_else(|| panic!("{name}: no layer"));
        for ours in dependencies(package).filter(|dependency| packages.iter().any(|p| p.name == *dependency)) {
            assert!(allowed.contains(&ours), "{name} must not depend on {ours}");
        }
    }
}

#[test]
fn a_heavy_dependency_has_one_home() {
    for package in packages() {
        for dependency in dependencies(&package) {
            for (_, homes) in HOMES.iter().filter(|(start, _)| dependency.starts_with(start)) {
                assert!(homes.contains(&package.name.as_str()), "{} must not depend on {dependency}", package.name);
            }
        }
    }
}

#[test]
fn each_crate_takes_the_lints_of_the_workspace() {
    for package in packages() {
        let manifest = std::fs::read_to_string(&package.manifest_path).unwrap();
        assert!(manifest.contains("[lints]\nworkspace = true"), "{}", package.manifest_path);
    }
}

fn packages() -> Vec<Package> {
    let manifest = super::source::root().join("Cargo.toml");
    let metadata =
        MetadataCommand::new().manifest_path(manifest).no_deps().exec().expect("cargo metadata reads the workspace");
    metadata.packages
}

/// Returns the dependencies of the shipped code, without dependencies that only tests use.
fn dependencies(package: &Package) -> impl Iterator<Item = &str> {
    package.dependencies.iter().filter(|d| d.kind != DependencyKind::Development).map(|d| d.name.as_str())
}
