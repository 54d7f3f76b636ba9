//! A browser's bare minimum over a plain connection: one request, one status.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// Talks to a server on this machine.
#[derive(Clone, Copy)]
pub struct Client {
    pub port: u16,
}

/// `name=value` pairs as a form sends them.
pub fn form(pairs: &[(&str, &str)]) -> String {
    pairs
        .iter()
        .map(|(name, value)| format!("{name}={}", percent(value)))
        .collect::<Vec<_>>()
        .join("&")
}

fn percent(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

impl Client {
    /// The status of a GET.
    pub async fn get(&self, path: &str, cookie: &str) -> Result<u16, std::io::ErrorKind> {
        let head = format!(
            "GET {path} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n"
        );
        Ok(self.ask(&head).await?.0)
    }

    /// The status of a posted form.
    pub async fn post(
        &self,
        path: &str,
        cookie: &str,
        body: &str,
    ) -> Result<u16, std::io::ErrorKind> {
        Ok(self.ask(&self.posted(path, cookie, body)).await?.0)
    }

    /// The cookie of a new session.
    pub async fn sign_in(&self, login: &str, password: &str) -> String {
        let body = form(&[("login", login), ("password", password)]);
        let (status, answer) = self
            .ask(&self.posted("/api/auth/sign_in", "", &body))
            .await
            .unwrap();
        let cookie = answer.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("set-cookie")
                .then(|| value.trim().split(';').next().unwrap_or("").to_owned())
        });
        cookie.unwrap_or_else(|| panic!("signing in answered {status}: {answer}"))
    }

    fn posted(&self, path: &str, cookie: &str, body: &str) -> String {
        format!(
            "POST {path} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookie}\r\nConnection: close\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        )
    }

    async fn ask(&self, request: &str) -> Result<(u16, String), std::io::ErrorKind> {
        let whole = async {
            let mut stream = TcpStream::connect(("127.0.0.1", self.port)).await?;
            stream.write_all(request.as_bytes()).await?;
            let mut answer = Vec::new();
            stream.read_to_end(&mut answer).await?;
            std::io::Result::Ok(String::from_utf8_lossy(&answer).into_owned())
        };
        let answer = whole.await.map_err(|error| error.kind())?;
        let status = answer.split(' ').nth(1).and_then(|code| code.parse().ok());
        status
            .map(|status| (status, answer))
            .ok_or(std::io::ErrorKind::UnexpectedEof)
    }
}
