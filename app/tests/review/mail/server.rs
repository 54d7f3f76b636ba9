//! A small SMTP server: it keeps what it was told and answers as the test wants.

use std::sync::{Arc, Mutex};

use app::mail::{BaseUrl, Sender, Smtp};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

/// What the server does with the next letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Takes it.
    Take,
    /// "Not now".
    NotNow,
    /// Hears it to its end and then says nothing more.
    Silence,
    /// Refuses the password.
    NoEntry,
}

/// A letter that the server took.
#[derive(Clone, Debug)]
pub struct Heard {
    pub from: String,
    pub to: String,
    pub message: String,
}

#[derive(Clone)]
pub struct SmtpServer {
    pub port: u16,
    heard: Arc<Mutex<Vec<Heard>>>,
    answer: Arc<Mutex<Answer>>,
    silent: Arc<Notify>,
}

impl SmtpServer {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Self {
            port: listener.local_addr().unwrap().port(),
            heard: Arc::default(),
            answer: Arc::new(Mutex::new(Answer::Take)),
            silent: Arc::default(),
        };
        let serving = server.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let server = serving.clone();
                tokio::spawn(async move { server.converse(stream).await });
            }
        });
        server
    }

    pub fn answers(&self, answer: Answer) {
        *self.answer.lock().unwrap() = answer;
    }

    /// Whatever it took, in order.
    pub fn heard(&self) -> Vec<Heard> {
        self.heard.lock().unwrap().clone()
    }

    /// Until a letter was heard to its end without an answer.
    pub async fn fell_silent(&self) {
        self.silent.notified().await;
    }

    /// Somebody who sends here.
    pub fn sender(&self) -> Sender {
        sender(&format!("smtp://congtam:secret@127.0.0.1:{}", self.port))
    }

    fn answer(&self) -> Answer {
        *self.answer.lock().unwrap()
    }

    async fn converse(&self, stream: TcpStream) {
        let (reading, mut writing) = stream.into_split();
        let mut lines = BufReader::new(reading).lines();
        let (mut from, mut to) = (String::new(), String::new());
        let mut say = "220 test ESMTP\r\n".to_owned();
        loop {
            if writing.write_all(say.as_bytes()).await.is_err() {
                return;
            }
            let Ok(Some(line)) = lines.next_line().await else {
                return;
            };
            let word = line.split([' ', ':']).next().unwrap_or("").to_uppercase();
            say = match word.as_str() {
                "EHLO" => "250-test\r\n250 AUTH PLAIN\r\n".to_owned(),
                "AUTH" if self.answer() == Answer::NoEntry => {
                    "535 5.7.8 congtam@ban.gov.vn has another password\r\n".to_owned()
                }
                "AUTH" => "235 2.7.0 welcome\r\n".to_owned(),
                "MAIL" => {
                    from = between(&line);
                    "250 2.1.0 ok\r\n".to_owned()
                }
                "RCPT" => {
                    to = between(&line);
                    if to.starts_with("khong.co@") {
                        format!("550 5.1.1 {to} does not live here\r\n")
                    } else {
                        "250 2.1.5 ok\r\n".to_owned()
                    }
                }
                "DATA" => {
                    if writing.write_all(b"354 go on\r\n").await.is_err() {
                        return;
                    }
                    let mut message = String::new();
                    while let Ok(Some(line)) = lines.next_line().await
                        && line != "."
                    {
                        message.push_str(&line);
                        message.push('\n');
                    }
                    match self.answer() {
                        Answer::NotNow => "451 4.7.1 try again later\r\n".to_owned(),
                        Answer::Silence => {
                            self.silent.notify_one();
                            std::future::pending().await
                        }
                        Answer::Take | Answer::NoEntry => {
                            let (from, to) = (from.clone(), to.clone());
                            let heard = Heard { from, to, message };
                            self.heard.lock().unwrap().push(heard);
                            "250 2.0.0 taken\r\n".to_owned()
                        }
                    }
                }
                "QUIT" => {
                    // Whether it hears the goodbye is its own affair.
                    let _ = writing.write_all(b"221 2.0.0 bye\r\n").await;
                    return;
                }
                _ => "250 2.0.0 ok\r\n".to_owned(),
            };
        }
    }
}

pub fn base() -> BaseUrl {
    BaseUrl::parse("https://congtam.example").unwrap()
}

pub fn sender(url: &str) -> Sender {
    let from = "Công Tâm <congtam@ban.gov.vn>";
    let smtp = Smtp::parse(url, from, &base());
    smtp.unwrap_or_else(|fault| panic!("{fault:?}")).open()
}

fn between(line: &str) -> String {
    let inner = line.split('<').nth(1).unwrap_or("");
    inner.split('>').next().unwrap_or("").to_owned()
}

impl Heard {
    /// A header, unfolded and decoded.
    pub fn header(&self, name: &str) -> String {
        let head = self.message.split("\n\n").next().unwrap();
        let unfolded = head.replace("\n ", " ");
        let value = unfolded
            .lines()
            .filter_map(|line| line.split_once(": "))
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map_or("", |(_, value)| value);
        let mut bytes = Vec::new();
        let mut after_word = false;
        for word in value.split(' ').filter(|word| !word.is_empty()) {
            let coded = word
                .strip_prefix("=?utf-8?b?")
                .and_then(|rest| rest.strip_suffix("?="));
            // Between two encoded words a space counts for nothing (RFC 2047).
            let joined = after_word && coded.is_some();
            if !bytes.is_empty() && !joined {
                bytes.push(b' ');
            }
            after_word = coded.is_some();
            bytes.extend(coded.map_or_else(|| word.as_bytes().to_vec(), base64));
        }
        String::from_utf8(bytes).unwrap()
    }

    /// The text, decoded.
    pub fn body(&self) -> String {
        let (_, body) = self.message.split_once("\n\n").unwrap();
        let bytes = match self.header("Content-Transfer-Encoding").as_str() {
            "base64" => base64(&body.replace('\n', "")),
            "quoted-printable" => quoted(body),
            _ => body.as_bytes().to_vec(),
        };
        String::from_utf8(bytes).unwrap().replace("\r\n", "\n")
    }
}

fn base64(text: &str) -> Vec<u8> {
    const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bits: Vec<u8> = text
        .trim_end_matches('=')
        .chars()
        .map(|letter| u8::try_from(LETTERS.find(letter).unwrap()).unwrap())
        .flat_map(|six| (0..6).rev().map(move |bit| six >> bit & 1))
        .collect();
    bits.chunks_exact(8)
        .map(|byte| byte.iter().fold(0, |made, bit| made << 1 | bit))
        .collect()
}

fn quoted(text: &str) -> Vec<u8> {
    let joined = text.replace("=\n", "");
    let mut bytes = joined.bytes();
    let mut made = Vec::new();
    while let Some(byte) = bytes.next() {
        if byte == b'=' {
            let pair = [bytes.next().unwrap(), bytes.next().unwrap()];
            let pair = std::str::from_utf8(&pair).unwrap();
            made.push(u8::from_str_radix(pair, 16).unwrap());
        } else {
            made.push(byte);
        }
    }
    made
}
