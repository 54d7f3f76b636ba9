//! E-mail: a letter waits in the table `mail`, written in the transaction of what it speaks of, until a worker has given
//! it to the agency's SMTP server. Without such a server nothing is queued. No log names an address or a subject.

mod base_url;
mod letter;
mod smtp;
pub mod store;
pub mod worker;

pub use base_url::BaseUrl;
pub use letter::{Letter, Recipient, parse_address};
pub use smtp::{Fault, Sender, Smtp};
