//! Installs the programs and fonts that the tests and the demo need in addition to the Rust toolchain, from public
//! package registries.

use std::path::Path;

use crate::run::{is_on_path, output, program, root, run, target_directory};

/// A Debian package, and the programs or files that show that the package (or its equivalent on another system) is
/// installed.
pub struct Package {
    pub name: &'static str,
    programs: &'static [&'static str],
    files: &'static [&'static str],
}

/// The packages that the tests need: for browser tests, for reading PDF files, for the fonts of the report and an
/// additional font for missing glyphs, and for writing office files.
pub const FOR_TESTS: [Package; 6] = [
    Package { name: "chromium", programs: &["chromium", "chromium-browser", "google-chrome"], files: &[] },
    Package { name: "poppler-utils", programs: &["pdftotext"], files: &[] },
    Package { name: "python3", programs: &["python3"], files: &[] },
    Package { name: "fonts-dejavu-core", programs: &[], files: &["/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"] },
    GOTHIC,
    MINCHO,
];

/// The packages that the demo needs: only the fonts, which the product itself needs.
pub const FOR_DEMO: [Package; 2] = [GOTHIC, MINCHO];

/// The programs with which `bench` compares renkei.
pub const FOR_BENCH: [Package; 3] = [
    Package { name: "nginx-light", programs: &["nginx"], files: &["/usr/sbin/nginx"] },
    Package { name: "wrk", programs: &["wrk"], files: &[] },
    Package { name: "sqlite3", programs: &["sqlite3"], files: &[] },
];

/// LibreOffice. It is separate because it is large and only `bench` and `score` use it.
pub const LIBREOFFICE: [Package; 2] = [
    Package { name: "libreoffice-writer-nogui", programs: &[], files: &["/usr/lib/libreoffice/program/libswlo.so"] },
    Package { name: "libreoffice-calc-nogui", programs: &[], files: &["/usr/lib/libreoffice/program/libsclo.so"] },
];

const GOTHIC: Package = Package {
    name: "fonts-morisawa-bizud-gothic",
    programs: &[],
    files: &["/usr/share/fonts/truetype/bizud-gothic/BIZUDGothic-Regular.ttf"],
};

const MINCHO: Package = Package {
    name: "fonts-morisawa-bizud-mincho",
    programs: &[],
    files: &["/usr/share/fonts/truetype/bizud-mincho/BIZUDMincho-Regular.ttf"],
};

impl Package {
    pub fn is_there(&self) -> bool {
        self.programs.iter().any(|name| is_on_path(name)) || self.files.iter().any(|file| Path::new(file).exists())
    }
}

/// Installs the missing Debian packages. If that is not possible, prints which packages to install and continues: the
/// steps that need them will fail with their own message.
pub fn debian_packages<'a>(packages: impl IntoIterator<Item = &'a Package>) {
    let missing: Vec<&str> = packages.into_iter().filter(|package| !package.is_there()).map(|p| p.name).collect();
    if missing.is_empty() {
        return;
    }
    if !is_on_path("apt-get") || !is_root() {
        eprintln!("missing: {0}\n  as root on Debian: apt-get update && apt-get install {0}", missing.join(" "));
        return;
    }
    let mut install = vec!["install", "--yes", "--no-install-recommends"];
    install.extend(&missing);
    let done = run(program("apt-get", &["update", "--quiet"]).env("DEBIAN_FRONTEND", "noninteractive"))
        .and_then(|()| run(program("apt-get", &install).env("DEBIAN_FRONTEND", "noninteractive")));
    if let Err(reason) = done {
        eprintln!("{reason}\n  please install by hand: {}", missing.join(" "));
    }
}

/// Installs the npm packages of the browser tests, once for each lock file. Returns whether the browser tests can run.
pub fn npm_packages() -> bool {
    let folder = root().join("tests/browser");
    if !folder.join("package.json").exists() {
        return false;
    }
    if !is_on_path("npm") {
        eprintln!("missing: npm (Node.js 20 or newer); the browser tests are left out");
        return false;
    }
    // npm writes this file at the end of an installation.
    let installed = modified(&folder.join("node_modules/.package-lock.json"));
    if installed.is_some() && installed >= modified(&folder.join("package-lock.json")) {
        return true;
    }
    let mut install = program("npm", &["ci", "--no-audit", "--no-fund"]);
    match run(install.current_dir(&folder).env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")) {
        Ok(()) => true,
        Err(reason) => {
            eprintln!("{reason}; the browser tests are left out");
            false
        }
    }
}

/// Creates a Python environment with these packages in the target directory; returns the path of its Python.
pub fn python_packages(names: &[&str]) -> Result<String, String> {
    let folder = target_directory().join("bench-venv");
    let python = folder.join("bin/python").display().to_string();
    if !Path::new(&python).exists() {
        run(&mut program("python3", &["-m", "venv", &folder.display().to_string()]))
            .map_err(|_| "python3-venv is not here".to_owned())?;
    }
    for name in names {
        let install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", *name];
        run(&mut program(&python, &install)).map_err(|_| format!("{name} could not be installed"))?;
    }
    Ok(python)
}

fn modified(file: &Path) -> Option<std::time::SystemTime> {
    file.metadata().and_then(|metadata| metadata.modified()).ok()
}

fn is_root() -> bool {
    output(&mut program("id", &["-u"])).is_ok_and(|id| id.trim() == "0")
}
