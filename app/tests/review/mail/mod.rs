//! Mail: letters against a small SMTP server, the daily digest, reminders, and where an account's mail goes.

mod address;
mod digest;
mod letter;
mod server;
