//! 優先度 — threads of which others decide how much they have to do, such as hashing passwords or reading long documents, come after
//! those that answer.

/// Lowers the priority of this thread. If the system refuses, or has no such thing, the thread keeps the usual one.
pub fn yield_to_others(niceness: i32) {
    #[cfg(target_os = "linux")]
    let _ = rustix::process::setpriority_process(Some(rustix::thread::gettid()), niceness);
    #[cfg(not(target_os = "linux"))]
    let _ = niceness;
}
