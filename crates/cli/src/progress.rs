//! 進み具合 — a line on a terminal while long work runs; nothing where nobody looks.

use std::time::Duration;

use indicatif::ProgressBar;

/// A turning line that says what is being done until it is dropped.
pub struct Progress(ProgressBar);

impl Progress {
    pub fn of(what: &str) -> Self {
        let bar = ProgressBar::new_spinner().with_message(what.to_owned());
        bar.enable_steady_tick(Duration::from_millis(120));
        Self(bar)
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
