//! Makes sure that the folder of the built client exists, so that the relay also builds before the client does.

use std::path::Path;

fn main() {
    let folder = Path::new("../target/client/dist");
    if let Err(error) = std::fs::create_dir_all(folder) {
        println!("cargo::error=cannot make {}: {error}", folder.display());
    }
    // New files are not seen by the compiler itself, which only follows those that it embedded before.
    println!("cargo::rerun-if-changed={}", folder.display());
    println!("cargo::rerun-if-changed=../content");
}
