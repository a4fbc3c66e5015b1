//! Tests of the structure of the code: which crate may depend on which, how large a file may be, which words it may
//! contain.

mod documents;
mod eyes;
mod glossary;
mod layers;
mod marks;
mod nouns;
mod phrases;
mod reach;
mod rooms;
mod slices;
mod source;
