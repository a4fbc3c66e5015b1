//! Tests of the journal's public API on real files.

#[cfg(test)]
mod absence;
#[cfg(test)]
mod append;
#[cfg(test)]
mod backup;
#[cfg(test)]
mod crash;
#[cfg(test)]
mod forger;
#[cfg(test)]
mod interleaving;
#[cfg(test)]
mod town;
#[cfg(test)]
mod verify;
#[cfg(test)]
mod wal_cut;
