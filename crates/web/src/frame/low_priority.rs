//! 後回しの仕事 — threads of lower priority, for long work and requests of strangers. If processor time is short, the pages
//! and saves of signed-in users come first.

use std::sync::LazyLock;

use renkei_app::yield_to_others;
use tokio::runtime::{Builder, Runtime};
use tokio::task::{JoinHandle, spawn_blocking};

/// Niceness of these threads. It is not the maximum, because saves wait while such a thread writes to the database.
const NICENESS: i32 = 5;

/// Runtime of these threads. If they cannot be started, it is `None`, and the work runs on the ordinary threads of the
/// server. The process ends without waiting for these threads: unfinished work is cut off, and its transaction is not
/// recorded.
static THREADS: LazyLock<Option<Runtime>> = LazyLock::new(|| {
    let yields = || yield_to_others(NICENESS);
    Builder::new_current_thread().thread_name("low priority").on_thread_start(yields).build().ok()
});

/// Runs work on the threads of lower priority.
pub(crate) fn spawn<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> JoinHandle<T> {
    match &*THREADS {
        Some(threads) => threads.spawn_blocking(work),
        None => spawn_blocking(work),
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[tokio::test]
    async fn its_threads_have_a_lower_priority() {
        let told = spawn(|| std::fs::read_to_string("/proc/thread-self/stat"));
        let told = told.await.expect("done").expect("the thread's own line");
        // The name of the thread, in parentheses, may contain spaces. The niceness is the 17th value after it.
        let (_, values) = told.rsplit_once(')').expect("a name");
        assert_eq!(values.split_whitespace().nth(16), Some(NICENESS.to_string().as_str()), "{told}");
    }
}
