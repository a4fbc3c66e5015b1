//! How long many requests took.

use std::time::Duration;

/// The times of requests, in the order in which they were made until they are sorted.
#[derive(Default)]
pub struct Times(pub Vec<Duration>);

impl Times {
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// A percentile of sorted times, in milliseconds; 0 if there are no times.
    pub fn at(&self, share: usize) -> f64 {
        let place = (self.0.len() * share / 100).min(self.0.len().saturating_sub(1));
        self.0.get(place).map_or(0.0, |time| time.as_secs_f64() * 1000.0)
    }
}
