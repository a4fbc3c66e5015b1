//! 優先度 — lowers the priority of threads whose load depends on users (hashing passwords, reading long documents).
//! Threads that answer requests then run first.

/// Lowers the priority of the calling thread. If the system refuses this or has no priorities, does nothing.
pub fn yield_to_others(niceness: i32) {
    #[cfg(target_os = "linux")]
    let _ = rustix::process::setpriority_process(Some(rustix::thread::gettid()), niceness);
    #[cfg(not(target_os = "linux"))]
    let _ = niceness;
}
