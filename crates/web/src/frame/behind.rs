//! 後回しの仕事 — threads of lower priority. Long work and what strangers ask is done on them: where the processor is short, the
//! pages and saves of those who are signed in come first.

use std::sync::LazyLock;

use renkei_app::yield_to_others;
use tokio::runtime::{Builder, Runtime};
use tokio::task::{JoinHandle, spawn_blocking};

/// Not the lowest: saves wait while such a thread writes to the database.
const NICENESS: i32 = 5;

/// `None` if the threads cannot be started; the work is then done on those of the server. The process does not wait for them when it
/// ends: work that outlasts the shutdown is cut off, and its transaction is not recorded.
static THREADS: LazyLock<Option<Runtime>> = LazyLock::new(|| {
    let yields = || yield_to_others(NICENESS);
    Builder::new_current_thread().thread_name("behind").on_thread_start(yields).build().ok()
});

/// Does work on the threads of lower priority.
pub(crate) fn behind_the_others<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> JoinHandle<T> {
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
        let told = behind_the_others(|| std::fs::read_to_string("/proc/thread-self/stat"));
        let told = told.await.expect("done").expect("the thread's own line");
        // The name of the thread, in parentheses, may have spaces; the niceness is the 17th value after it.
        let (_, values) = told.rsplit_once(')').expect("a name");
        assert_eq!(values.split_whitespace().nth(16), Some(NICENESS.to_string().as_str()), "{told}");
    }
}
