//! Work that takes long, beside the threads that serve everybody.

use tokio::runtime::{Handle, RuntimeFlavor};

/// Does `work` here, while another thread takes over what this one had to do. On a runtime with one thread, which is how
/// tests run, it is only done.
pub(crate) fn aside<T>(work: impl FnOnce() -> T) -> T {
    match Handle::try_current().map(|handle| handle.runtime_flavor()) {
        Ok(RuntimeFlavor::MultiThread) => tokio::task::block_in_place(work),
        _ => work(),
    }
}
