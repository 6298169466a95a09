//! The command line of authors and operators; see `inkstone::cli`.

fn main() -> std::process::ExitCode {
    inkstone::cli::main()
}
