//! 優先度 — lowers the priority of threads whose load depends on users (hashing passwords, reading long documents), so
//! that threads that answer requests run first.

/// Lowers the priority of this thread. If the system refuses or has no priorities, nothing changes.
pub fn yield_to_others(niceness: i32) {
    #[cfg(target_os = "linux")]
    let _ = rustix::process::setpriority_process(Some(rustix::thread::gettid()), niceness);
    #[cfg(not(target_os = "linux"))]
    let _ = niceness;
}
