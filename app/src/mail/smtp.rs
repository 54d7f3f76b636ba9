//! The agency's SMTP server: its settings, one conversation, and what its answers mean for a letter.

use std::net::IpAddr;
use std::time::Duration;

use http::Uri;
use lettre::message::Mailbox;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::transport::smtp::extension::ClientId;
use lettre::transport::smtp::{AsyncSmtpTransportBuilder, Error, PoolConfig};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

use super::BaseUrl;
use super::store::Waiting;

/// How long one step of a conversation may take.
const LONGEST_STEP: Duration = Duration::from_secs(30);

/// Why settings are refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The address of the server is neither `smtp://` nor `smtps://` with a host.
    Url,
    /// A login name without a password.
    NoPassword,
    /// A password would cross the network unencrypted.
    PasswordInClear,
    /// The sender is no address.
    From,
}

/// Settings that were checked.
#[derive(Clone)]
pub struct Smtp {
    server: AsyncSmtpTransportBuilder,
    from: Mailbox,
    host: String,
}

impl Smtp {
    /// Reads the server's address as lettre does (`smtps://login:password@host`, `smtp://host?tls=required`) and the
    /// sender ("Công Tâm <congtam@ban.gov.vn>").
    ///
    /// # Errors
    /// What is wrong, without the text itself: it holds a password.
    pub fn parse(url: &str, from: &str, base: &BaseUrl) -> Result<Self, Fault> {
        let uri: Uri = url.parse().map_err(|_| Fault::Url)?;
        let scheme = uri.scheme_str().ok_or(Fault::Url)?;
        let server = uri.host().filter(|host| !host.is_empty());
        let server = server.ok_or(Fault::Url)?;
        let authority = uri.authority().ok_or(Fault::Url)?.as_str();
        if let Some((login, _)) = authority.rsplit_once('@') {
            if !login.contains(':') {
                return Err(Fault::NoPassword);
            }
            let required = uri.query().is_some_and(|query| query == "tls=required");
            if scheme == "smtp" && !required && !on_this_machine(server) {
                return Err(Fault::PasswordInClear);
            }
        }
        let from: Mailbox = from.parse().map_err(|_| Fault::From)?;
        let host = base.host();
        let mut server = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|_| Fault::Url)?
            .timeout(Some(LONGEST_STEP));
        // A path of the address is the name to say hello with.
        if uri.path().len() <= 1 {
            server = server.hello_name(hello(&host));
        }
        Ok(Self { server, from, host })
    }

    /// Ready to send; inside a runtime only.
    pub fn open(self) -> Sender {
        Sender {
            transport: self
                .server
                .pool_config(PoolConfig::new().max_size(1))
                .build(),
            from: self.from,
            host: self.host,
        }
    }
}

fn on_this_machine(host: &str) -> bool {
    let ip: Option<IpAddr> = host.trim_matches(['[', ']']).parse().ok();
    host == "localhost" || ip.is_some_and(|ip| ip.is_loopback())
}

fn hello(host: &str) -> ClientId {
    match host.trim_matches(['[', ']']).parse() {
        Ok(IpAddr::V4(ip)) => ClientId::Ipv4(ip),
        Ok(IpAddr::V6(ip)) => ClientId::Ipv6(ip),
        Err(_) => ClientId::Domain(host.to_owned()),
    }
}

/// What became of a letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// The server took it.
    Sent,
    /// The server will never take it, and why.
    Refused(String),
    /// The server does not take it now, and why.
    Later(String),
    /// The conversation broke off, and how.
    Broken(String),
}

/// A connection to the server, opened when it is needed and used for letter after letter.
pub struct Sender {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    host: String,
}

impl Sender {
    /// Connects and signs in, so that a server that is down or refuses the password costs no letter a try.
    ///
    /// # Errors
    /// What failed, in words that name nobody.
    pub(super) async fn reach(&self) -> Result<(), String> {
        match self.transport.test_connection().await {
            Ok(true) => Ok(()),
            Ok(false) => Err("the connection closed".to_owned()),
            Err(error) => Err(kind(&error)),
        }
    }

    pub(super) async fn send(&self, mail: &Waiting) -> Outcome {
        let Some(message) = self.message(mail) else {
            return Outcome::Refused("the letter cannot be written as a message".to_owned());
        };
        match self.transport.send(message).await {
            Ok(_) => Outcome::Sent,
            Err(error) if error.is_permanent() => Outcome::Refused(words(&error)),
            Err(error) if error.is_transient() || error.is_client() => {
                Outcome::Later(words(&error))
            }
            Err(error) => Outcome::Broken(words(&error)),
        }
    }

    /// The id of the letter is that of the message: a server that gets it again after a crash can tell.
    fn message(&self, mail: &Waiting) -> Option<Message> {
        let to: Address = mail.address.parse().ok()?;
        let automatic = HeaderName::new_from_ascii_str("Auto-Submitted");
        Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(&*mail.subject)
            .date(mail.created_at.into())
            .message_id(Some(format!("<{}@{}>", mail.mail.simple(), self.host)))
            .raw_header(HeaderValue::new(automatic, "auto-generated".to_owned()))
            .header(ContentType::TEXT_PLAIN)
            .body(mail.body.clone())
            .ok()
    }
}

/// What the server said, kept with the letter.
fn words(error: &Error) -> String {
    error.to_string().chars().take(500).collect()
}

/// The kind of a failure and the server's code; its text may name an address.
fn kind(error: &Error) -> String {
    let kind = match () {
        () if error.is_timeout() => "timeout",
        () if error.is_tls() => "TLS",
        () if error.is_permanent() => "refused",
        () if error.is_transient() => "refused for now",
        () if error.is_client() => "not possible with this server",
        () if error.is_response() => "an answer that is no SMTP",
        () => "no connection",
    };
    match error.status() {
        Some(code) => format!("{kind} ({code})"),
        None => kind.to_owned(),
    }
}
