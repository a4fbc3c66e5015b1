//! Tests that import the documents of the sample city.

mod findings;
mod import;
mod lineage;
mod office_files;
mod renamed_divisions;
