//! Limits around the PDF library: limits the time and memory for a hostile file, and catches panics of the library.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::{Once, mpsc};
use std::time::Duration;

use crate::decode::Unreadable;

/// Maximum number of pages that are read.
pub const MAX_PAGES: usize = 2_000;

/// Maximum number of characters and rules of a file. A report of thirty pages has some 50,000.
const MAX_MARKS: u64 = 2_000_000;

/// Maximum number of drawing operations of a file.
const MAX_CALLS: u64 = 20_000_000;

/// Maximum total cost of nested drawings (forms). A form costs the square of its depth, because it may draw many other
/// forms.
const MAX_FORMS: u64 = 20_000;

/// Stack size in bytes: drawings are nested up to fifty levels deep, and each level needs some kilobytes of stack
/// frames.
const STACK: usize = 256 * 1024 * 1024;

/// Maximum time that the library may take. A report of thirty pages takes a tenth of a second.
const MAX_TIME: Duration = Duration::from_secs(30);

/// The remaining budget of a file. Reading ends when it is exceeded.
#[derive(Debug)]
pub struct Budget {
    calls: u64,
    marks: u64,
    forms: u64,
}

/// The payload of the unwinding if a budget is exceeded: the exceeded limit.
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

/// Subtracts a cost from a budget. If the budget is exceeded, unwinds the stack, because the interpreter cannot be
/// stopped otherwise. `resume_unwind` prints no message.
fn left(budget: u64, cost: u64, limit: &'static str) -> u64 {
    budget.checked_sub(cost).unwrap_or_else(|| panic::resume_unwind(Box::new(Spent(limit))))
}

thread_local! {
    static IS_GUARDED: Cell<bool> = const { Cell::new(false) };
}

/// Runs the library on its own thread with a large stack. A panic is reported as a damaged file, and its message is not
/// printed. Broken fonts can keep the library busy for hours without drawing; after `MAX_TIME` the thread is abandoned.
pub fn guarded<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Unreadable> + Send + 'static,
) -> Result<T, Unreadable> {
    keep_quiet_about_guarded_threads();
    let damaged = || Unreadable::Damaged { part: "PDF".to_owned() };
    let (answer, answered) = mpsc::channel();
    let caught = move || {
        IS_GUARDED.set(true);
        // After the time limit, the receiver no longer exists, so sending fails and the result is dropped.
        let _ = answer.send(panic::catch_unwind(AssertUnwindSafe(work)));
    };
    std::thread::Builder::new().stack_size(STACK).spawn(caught).map_err(|_| damaged())?;
    let result = answered.recv_timeout(MAX_TIME).map_err(|_| Unreadable::TooMuchInside { limit: "読む時間" })?;
    result.unwrap_or_else(|reason| match reason.downcast_ref::<Spent>() {
        Some(Spent(limit)) => Err(Unreadable::TooMuchInside { limit }),
        None => Err(damaged()),
    })
}

/// Suppresses panic messages of guarded threads, which only concern damaged files.
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
