//! Bounds on the bytes of an uploaded workbook, checked before any XML is parsed: what the file is, that it carries no
//! macros and no password, and that it really unpacks to what it may. Apart because it must not trust a word of the file.

use std::io::{Cursor, Read};
use std::time::Instant;

use zip::ZipArchive;

use super::preview::Refusal;
use super::workbook::Limits;

const MEGABYTE: u64 = 1024 * 1024;
const OLE_MAGIC: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

/// Refuses everything that is not a plain xlsx within the limits. Every entry is unpacked once through a counter, because
/// sizes declared in a zip directory are only claims.
///
/// # Errors
/// The [`Refusal`] that tells the user what is wrong with the file.
pub fn inspect(bytes: &[u8], limits: &Limits, deadline: Instant) -> Result<(), Refusal> {
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if size > limits.file_bytes {
        return Err(Refusal::TooBig {
            size_mb: size.div_ceil(MEGABYTE),
            limit_mb: limits.file_bytes / MEGABYTE,
        });
    }
    recognise(bytes)?;
    let mut archive =
        ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged("mục lục của tệp nén"))?;
    check_directory(&mut archive, limits)?;
    unpack_all(&mut archive, limits, deadline)
}

/// Tells formats apart by their first bytes, never by the file's name.
fn recognise(bytes: &[u8]) -> Result<(), Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    if bytes.starts_with(&OLE_MAGIC) {
        let contains = |name: &str| {
            let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
            bytes.windows(wide.len()).any(|window| window == wide)
        };
        return Err(if contains("EncryptedPackage") {
            Refusal::Encrypted
        } else if contains("Workbook") || contains("Book") {
            Refusal::OldFormat
        } else {
            not_a_workbook("tệp Office đời cũ")
        });
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return Ok(());
    }
    Err(not_a_workbook(if bytes.starts_with(b"%PDF") {
        "tệp PDF"
    } else if bytes.starts_with(b"PK") {
        "tệp nén rỗng hoặc chia nhỏ"
    } else if std::str::from_utf8(bytes).is_ok_and(|text| {
        text.trim_start_matches('\u{feff}')
            .trim_start()
            .starts_with('<')
    }) {
        "tệp HTML hoặc XML"
    } else if std::str::from_utf8(bytes).is_ok() {
        "tệp văn bản, có thể là CSV"
    } else {
        "định dạng không nhận ra"
    }))
}

fn check_directory(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    limits: &Limits,
) -> Result<(), Refusal> {
    if archive.len() > limits.entries {
        return Err(Refusal::Bomb {
            detail: format!("{} tệp con, tối đa {}", archive.len(), limits.entries),
        });
    }
    let mut has_workbook = false;
    let mut other = None;
    let mut declared: u64 = 0;
    for index in 0..archive.len() {
        let entry = archive
            .by_index_raw(index)
            .map_err(|_| damaged("mục lục của tệp nén"))?;
        if entry.encrypted() {
            return Err(Refusal::Encrypted);
        }
        declared = declared.saturating_add(entry.size());
        check_ratio(entry.size(), entry.compressed_size(), limits)?;
        let name = entry
            .name()
            .map_err(|_| damaged("tên một phần của tệp nén"))?
            .replace('\\', "/")
            .to_lowercase();
        if name.ends_with("vbaproject.bin") || name.contains("/macrosheets/") {
            return Err(Refusal::Macros);
        }
        has_workbook |= name.ends_with("workbook.xml");
        match name.as_str() {
            "xl/workbook.bin" => other = Some("Excel nhị phân .xlsb"),
            "word/document.xml" => other = Some("tài liệu Word"),
            "ppt/presentation.xml" => other = Some("bản trình chiếu PowerPoint"),
            "content.xml" => other = Some("tệp OpenDocument"),
            _ => {}
        }
    }
    if declared > limits.unpacked_bytes {
        return Err(too_much_unpacked(limits));
    }
    match other {
        Some(found) if !has_workbook => Err(not_a_workbook(found)),
        None if !has_workbook => Err(not_a_workbook("tệp nén không chứa bảng tính")),
        _ => Ok(()),
    }
}

fn unpack_all(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    limits: &Limits,
    deadline: Instant,
) -> Result<(), Refusal> {
    let mut total: u64 = 0;
    let mut chunk = vec![0_u8; 64 * 1024];
    for index in 0..archive.len() {
        let mut entry = archive
            .by_index(index)
            .map_err(|_| damaged("một phần của tệp nén"))?;
        let (packed, is_xml) = (
            entry.compressed_size(),
            entry.name().is_ok_and(|name| is_xml(&name)),
        );
        let mut watch = XmlWatch::default();
        let mut unpacked: u64 = 0;
        loop {
            if Instant::now() >= deadline {
                return Err(Refusal::OutOfTime);
            }
            // The crate compares the checksum at the end of each entry.
            let read = entry
                .read(&mut chunk)
                .map_err(|_| damaged("một phần của tệp nén"))?;
            let Some(piece) = chunk.get(..read).filter(|piece| !piece.is_empty()) else {
                break;
            };
            let length = u64::try_from(read).unwrap_or(u64::MAX);
            unpacked = unpacked.saturating_add(length);
            total = total.saturating_add(length);
            if total > limits.unpacked_bytes {
                return Err(too_much_unpacked(limits));
            }
            check_ratio(unpacked, packed, limits)?;
            if is_xml {
                watch.see(piece, limits)?;
            }
        }
    }
    Ok(())
}

fn is_xml(name: &str) -> bool {
    let name = name.to_lowercase();
    [".xml", ".rels", ".vml"]
        .iter()
        .any(|end| name.ends_with(end))
}

fn check_ratio(unpacked: u64, packed: u64, limits: &Limits) -> Result<(), Refusal> {
    if unpacked > MEGABYTE && unpacked / packed.max(1) > limits.ratio {
        return Err(Refusal::Bomb {
            detail: format!("tỷ lệ nén trên {} lần", limits.ratio),
        });
    }
    Ok(())
}

/// Watches the XML parts for what the parser behind must not meet: NUL bytes (UTF-16 would hide everything below, and a
/// workbook is UTF-8), and a declared count of shared strings for which it would reserve memory unseen.
#[derive(Default)]
struct XmlWatch {
    tail: Vec<u8>,
}

impl XmlWatch {
    fn see(&mut self, piece: &[u8], limits: &Limits) -> Result<(), Refusal> {
        const NAME: &[u8] = b"uniqueCount";
        const LONGEST: usize = 4096;
        if piece.contains(&0) {
            return Err(damaged("bảng mã của nội dung XML"));
        }
        self.tail.extend_from_slice(piece);
        // What may continue in the next piece stays: half a name, or a name whose number has not ended.
        let mut keep = NAME.len();
        let mut rest = self.tail.as_slice();
        while let Some(at) = rest.windows(NAME.len()).position(|window| window == NAME) {
            let from_name = rest.get(at..).unwrap_or_default();
            rest = from_name.get(NAME.len()..).unwrap_or_default();
            let gap = rest
                .iter()
                .take_while(|byte| {
                    byte.is_ascii_whitespace() || matches!(byte, b'=' | b'"' | b'\'' | b'+' | b'0')
                })
                .count();
            let digits = rest
                .iter()
                .skip(gap)
                .take_while(|byte| byte.is_ascii_digit())
                .count();
            let number: String = rest
                .iter()
                .skip(gap)
                .take(digits.min(20))
                .map(|byte| char::from(*byte))
                .collect();
            if digits > 0 && number.parse::<u64>().unwrap_or(u64::MAX) > limits.cells {
                return Err(Refusal::Bomb {
                    detail: format!("khai báo trên {} chuỗi ký tự", limits.cells),
                });
            }
            if gap + digits == rest.len() {
                keep = from_name.len();
            }
        }
        if keep > LONGEST {
            return Err(damaged("phần đầu của các chuỗi ký tự"));
        }
        let keep_from = self.tail.len().saturating_sub(keep);
        self.tail.drain(..keep_from);
        Ok(())
    }
}

fn too_much_unpacked(limits: &Limits) -> Refusal {
    Refusal::Bomb {
        detail: format!("{} MB", limits.unpacked_bytes / MEGABYTE),
    }
}

fn not_a_workbook(found: &str) -> Refusal {
    Refusal::NotAWorkbook {
        found: found.to_owned(),
    }
}

/// A refusal of a broken part, named for the user.
pub(super) fn damaged(part: &str) -> Refusal {
    Refusal::Damaged {
        part: part.to_owned(),
    }
}
