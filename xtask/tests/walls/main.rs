//! The walls of the house, as tests: who may know whom, how large a room may be, which words may stand where.

mod documents;
mod eyes;
mod glossary;
mod layers;
mod marks;
mod nouns;
mod phrases;
mod rooms;
mod slices;
mod source;
