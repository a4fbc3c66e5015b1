//! `cargo xtask dist` — builds the release in `dist/`.

use crate::install;
use crate::run::{Outcome, cargo, root, run, target_directory};

pub fn dist(_arguments: &[String]) -> Outcome {
    install::debian_packages(&install::FOR_DEMO);
    run(&mut cargo(&["build", "--release", "--locked", "--package", "renkei"]))?;
    let folder = root().join("dist");
    let copied = std::fs::create_dir_all(&folder).and_then(|()| {
        std::fs::copy(root().join("LICENSE"), folder.join("LICENSE"))?;
        std::fs::copy(target_directory().join("release/renkei"), folder.join("renkei"))
    });
    let bytes = copied.map_err(|error| format!("dist/: {error}"))?;
    println!("dist/renkei ({:.1} MB)", bytes as f64 / 1e6);
    Ok(())
}
