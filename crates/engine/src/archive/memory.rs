//! Giving memory back to the system.

/// Gives back what all threads have freed.
///
/// glibc keeps freed memory in an arena a thread, where other threads do not look for it: of what
/// comparing a large store holds at its height, a quarter. Elsewhere this does nothing.
pub fn give_back() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    // SAFETY: `malloc_trim` asks nothing of its caller: any thread may call it at any time, and it
    // touches only memory that nobody holds (malloc_trim(3)).
    unsafe {
        libc::malloc_trim(0);
    }
}
