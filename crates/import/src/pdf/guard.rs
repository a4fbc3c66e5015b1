//! Limits around the PDF library: what a hostile file may cost, and that nothing it breaks gets out.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::{Once, mpsc};
use std::time::Duration;

use crate::decode::Unreadable;

/// The most pages that are read.
pub const MAX_PAGES: usize = 2_000;

/// The most characters and rules of a file. A report of thirty pages has some 50,000.
const MAX_MARKS: u64 = 2_000_000;

/// The most drawing operations of a file.
const MAX_CALLS: u64 = 20_000_000;

/// What drawings inside drawings (forms) may cost together: each the square of its depth, as each may draw many others.
const MAX_FORMS: u64 = 20_000;

/// Drawings nest up to fifty deep, each level with frames of some kilobytes.
const STACK: usize = 256 * 1024 * 1024;

/// The longest that the library may take. A report of thirty pages takes a tenth of a second.
const MAX_TIME: Duration = Duration::from_secs(30);

/// What a file may still cost. Spending more than is there ends the reading.
#[derive(Debug)]
pub struct Budget {
    calls: u64,
    marks: u64,
    forms: u64,
}

/// What unwinds when a budget is spent.
struct Spent(&'static str);

impl Budget {
    pub fn new() -> Self {
        Self { calls: MAX_CALLS, marks: MAX_MARKS, forms: MAX_FORMS }
    }

    pub fn spend_call(&mut self) {
        self.spend_calls(1);
    }

    pub fn spend_calls(&mut self, calls: u64) {
        self.calls = left(self.calls, calls, "描画の数");
    }

    pub fn spend_mark(&mut self) {
        self.marks = left(self.marks, 1, "文字の数");
    }

    pub fn spend_form(&mut self, depth: u64) {
        self.forms = left(self.forms, depth * depth, "図の入れ子");
    }
}

/// The interpreter has no way to be stopped but unwinding; `resume_unwind` does so without a message.
fn left(budget: u64, cost: u64, limit: &'static str) -> u64 {
    budget.checked_sub(cost).unwrap_or_else(|| panic::resume_unwind(Box::new(Spent(limit))))
}

thread_local! {
    static IS_GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Runs the library on a thread of its own, with room for what nests. A panic of it is a damaged file, and is not printed.
/// Broken fonts can keep it busy for hours without drawing anything: then the thread is left to itself.
pub fn guarded<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Unreadable> + Send + 'static,
) -> Result<T, Unreadable> {
    keep_quiet_about_guarded_threads();
    let damaged = || Unreadable::Damaged { part: "PDF".to_owned() };
    let (answer, answered) = mpsc::channel();
    let caught = move || {
        IS_GUARDED.set(true);
        // Nobody waits any more where the time was up.
        let _ = answer.send(panic::catch_unwind(AssertUnwindSafe(work)));
    };
    std::thread::Builder::new().stack_size(STACK).spawn(caught).map_err(|_| damaged())?;
    let result = answered.recv_timeout(MAX_TIME).map_err(|_| Unreadable::TooMuchInside { limit: "読む時間" })?;
    result.unwrap_or_else(|reason| match reason.downcast_ref::<Spent>() {
        Some(Spent(limit)) => Err(Unreadable::TooMuchInside { limit }),
        None => Err(damaged()),
    })
}

/// The message of a panic goes to whoever runs the program; on a guarded thread it would be noise about a damaged file.
fn keep_quiet_about_guarded_threads() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let others = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !IS_GUARDED.get() {
                others(info);
            }
        }));
    });
}
