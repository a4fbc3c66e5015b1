//! The sample city, and what comes of it when it is imported.

mod findings;
mod import;
mod lineage;
mod office_files;
mod renamed_divisions;
