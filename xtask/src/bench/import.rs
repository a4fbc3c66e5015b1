//! Import in the process.

use super::{Bench, Line, Measured, example, number_after};
use crate::run::root;

/// Of the real document where it is there, else of the sample.
pub fn import(_bench: &Bench) -> Measured {
    let folder = root().join("../shared/documents");
    let mut texts: Vec<_> =
        std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    texts.sort();
    let real = texts.iter().find(|path| path.extension().is_some_and(|ending| ending == "txt"));
    let file = real.map(|path| path.display().to_string());
    let printed = example("measure_import", &file.as_deref().into_iter().collect::<Vec<_>>())?;
    let (best, median) = (number_after(&printed, "best")?, number_after(&printed, "median")?);
    Ok(Line {
        ours: format!("{median:.1} ms (best {best:.1})"),
        reference: "50 ms".to_owned(),
        ratio: format!("{:.2}", median / 50.0),
    })
}
