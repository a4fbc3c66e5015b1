//! 優先度 — lowers the priority of threads whose load users decide (hashing passwords, reading long documents), so that the threads
//! that answer run first.

/// Lowers the priority of this thread. If the system refuses, or has no such thing, the thread keeps the usual one.
pub fn yield_to_others(niceness: i32) {
    #[cfg(target_os = "linux")]
    let _ = rustix::process::setpriority_process(Some(rustix::thread::gettid()), niceness);
    #[cfg(not(target_os = "linux"))]
    let _ = niceness;
}
