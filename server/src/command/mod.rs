//! Sub-commands of `congtam`, and how they speak.

pub mod account;
pub mod demo;
pub mod exchange;
pub mod import;

/// Prints a line for the person at the terminal.
pub fn say(text: &str) {
    #[expect(clippy::print_stdout, reason = "a command line speaks to its user")]
    {
        println!("{text}");
    }
}

/// Prints why a command failed.
pub fn complain(sentence: &str) {
    eprintln!("{sentence}");
}
