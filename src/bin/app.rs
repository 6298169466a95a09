//! The app's entry: the browser calls `main` once the wasm is there.

#[cfg(target_arch = "wasm32")]
fn main() {
    inkstone::app::start();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("this program runs in a browser; `cargo inkstone serve` shows it");
    std::process::exit(2);
}
