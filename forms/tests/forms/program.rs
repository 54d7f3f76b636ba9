//! The program: a request in, a file or one line of JSON out.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use forms::{Data, Format, Request};

use crate::sample;

fn run(input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_congtam-forms"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn a_request_gives_the_bytes_that_the_library_writes() {
    let request = Request {
        format: Format::Pdf,
        data: Data::Notice(vec![sample::notice()]),
    };
    let output = run(&serde_json::to_vec(&request).unwrap());
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(output.stdout == forms::write(&request).unwrap());
    assert!(output.stdout.starts_with(b"%PDF-1.7"));
    assert!(output.stderr.is_empty());
}

#[test]
fn what_cannot_be_read_is_one_line_of_json_and_an_exit_code() {
    for input in [
        &b"{"[..],
        br#"{"form":"unknown","format":"pdf","data":[]}"#,
        br#"{"form":"month_sheet","format":"pdf","data":[]}"#,
    ] {
        let output = run(input);
        assert_eq!(output.status.code(), Some(2));
        assert!(output.stdout.is_empty());
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(said.lines().count(), 1);
        let said: serde_json::Value = serde_json::from_str(&said).unwrap();
        assert!(said["error"].is_string() && said["message"].is_string());
    }
}
