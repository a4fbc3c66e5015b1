//! 進み具合 — shows a line on a terminal while long work runs. If the output is not a terminal, it shows nothing.

use std::time::Duration;

use indicatif::ProgressBar;

/// A line with a spinner that names the current work. Dropping it removes the line.
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
