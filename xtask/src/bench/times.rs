//! Durations of requests and their percentiles.

use std::time::Duration;

/// The durations of requests, in the order of the requests until they are sorted.
#[derive(Default)]
pub struct Times(pub Vec<Duration>);

impl Times {
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// Returns a percentile of the sorted times, in milliseconds; 0 if the list is empty.
    pub fn at(&self, share: usize) -> f64 {
        let place = (self.0.len() * share / 100).min(self.0.len().saturating_sub(1));
        self.0.get(place).map_or(0.0, |time| time.as_secs_f64() * 1000.0)
    }
}
