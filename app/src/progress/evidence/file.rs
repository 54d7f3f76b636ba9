//! What an uploaded file is, by its content, never by its name. A file is kept and given out as it came; nothing in it
//! is opened but the list of names of a zip.

use std::io::Cursor;

use zip::ZipArchive;

/// Largest file, in bytes.
pub const LARGEST: usize = 10 * 1024 * 1024;
/// Most names in the list of a zip.
const MOST_ENTRIES: usize = 5_000;

/// The media type of a file that may be kept: PDF, PNG, JPEG, Word, Excel or OpenDocument text without macros.
pub fn media_type(bytes: &[u8]) -> Option<&'static str> {
    if bytes.starts_with(b"%PDF-") {
        Some("application/pdf")
    } else if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        Some("image/png")
    } else if bytes.starts_with(b"\xff\xd8\xff") {
        Some("image/jpeg")
    } else if bytes.starts_with(b"PK\x03\x04") {
        office(bytes)
    } else {
        None
    }
}

fn office(bytes: &[u8]) -> Option<&'static str> {
    let archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    if archive.len() > MOST_ENTRIES {
        return None;
    }
    let names: Vec<_> = archive.file_names().collect::<Result<_, _>>().ok()?;
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    let macros = names.iter().any(|name| {
        name.to_ascii_lowercase().ends_with("vbaproject.bin") || name.starts_with("Basic/")
    });
    if macros {
        None
    } else if has("[Content_Types].xml") && has("word/document.xml") {
        Some("application/vnd.openxmlformats-officedocument.wordprocessingml.document")
    } else if has("[Content_Types].xml") && has("xl/workbook.xml") {
        Some("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    } else if has("content.xml") && first_entry_is_odt(bytes) {
        Some("application/vnd.oasis.opendocument.text")
    } else {
        None
    }
}

/// An OpenDocument file begins with its media type, stored without compression, at a fixed place.
fn first_entry_is_odt(bytes: &[u8]) -> bool {
    bytes
        .get(30..)
        .is_some_and(|rest| rest.starts_with(b"mimetypeapplication/vnd.oasis.opendocument.text"))
}

/// The last part of a file's name as the browser sent it, without control characters, at most 150 characters.
pub fn clean_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last
        .chars()
        .filter(|c| !c.is_control() && !matches!(c, '"' | '<' | '>' | ':' | '|' | '?' | '*'))
        .take(150)
        .collect();
    let clean = clean.trim().trim_start_matches('.').to_owned();
    if clean.is_empty() {
        "minh-chung".to_owned()
    } else {
        clean
    }
}

/// The header that makes a browser keep a file rather than show it; the name in ASCII and in UTF-8.
pub fn disposition(name: &str) -> String {
    use std::fmt::Write;
    let plain: String = name
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ' ') {
                c
            } else {
                '_'
            }
        })
        .collect();
    let encoded = name.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_') {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    });
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn zipped(names: &[&str]) -> Vec<u8> {
        let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for name in names {
            out.start_file(*name, zip::write::SimpleFileOptions::default())
                .unwrap();
            out.write_all(b"x").unwrap();
        }
        out.finish().unwrap().into_inner()
    }

    #[test]
    fn files_are_known_by_their_content() {
        assert_eq!(media_type(b"%PDF-1.7\n"), Some("application/pdf"));
        assert_eq!(media_type(b"\x89PNG\r\n\x1a\n..."), Some("image/png"));
        assert_eq!(media_type(b"\xff\xd8\xff\xe0"), Some("image/jpeg"));
        for refused in [
            &b""[..],
            b"<html>",
            b"MZ\x90",
            b"PK\x03\x04broken",
            b"#!/bin/sh",
            b"%PDF",
        ] {
            assert_eq!(media_type(refused), None, "{refused:?}");
        }
        let word = zipped(&["[Content_Types].xml", "word/document.xml"]);
        assert!(media_type(&word).is_some_and(|kind| kind.ends_with("wordprocessingml.document")));
        let sheet = zipped(&["[Content_Types].xml", "xl/workbook.xml"]);
        assert!(media_type(&sheet).is_some_and(|kind| kind.ends_with("spreadsheetml.sheet")));
        assert_eq!(
            media_type(&zipped(&[
                "[Content_Types].xml",
                "xl/workbook.xml",
                "xl/vbaProject.bin"
            ])),
            None
        );
        assert_eq!(media_type(&zipped(&["evil.exe"])), None);
    }

    #[test]
    fn names_cannot_leave_their_place_or_their_header() {
        assert_eq!(clean_name("..\\..\\etc/passwd"), "passwd");
        assert_eq!(clean_name("a\r\nSet-Cookie\"x.pdf"), "aSet-Cookiex.pdf");
        assert_eq!(clean_name(".."), "minh-chung");
        assert_eq!(
            disposition("Báo cáo.pdf"),
            "attachment; filename=\"B_o c_o.pdf\"; filename*=UTF-8''B%C3%A1o%20c%C3%A1o.pdf"
        );
    }
}
