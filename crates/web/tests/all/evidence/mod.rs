//! Documents: brought, looked through, taken over.

mod imports;
pub mod taking_over;
