//! Tests of the journal on real files: the promises that every engine fulfils, and tests of SQLite's files.

#[cfg(test)]
mod absence;
#[cfg(test)]
mod backup;
#[cfg(test)]
mod crash;
#[cfg(test)]
mod forger;
#[cfg(test)]
mod forgeries;
#[cfg(test)]
mod promises;
#[cfg(test)]
mod tamper;
#[cfg(test)]
mod town;
#[cfg(test)]
mod verify;
#[cfg(test)]
mod wal_cut;
