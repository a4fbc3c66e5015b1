//! Tests of imported documents: importing, merging, taking over, declining, undoing.

mod common_ground;
mod importing;
mod taking_back;
