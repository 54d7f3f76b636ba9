//! Reads a PDF as a reader would: each piece of text with its place, and whether it is part of the content.

use std::collections::BTreeMap;

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object};

/// A piece of text; lengths in millimetres from the upper left corner of the page.
#[derive(Clone, Debug)]
pub struct Piece {
    pub page: u32,
    pub left: f64,
    pub right: f64,
    pub baseline: f64,
    /// Font size in points.
    pub size: f64,
    pub text: String,
    /// Header, footer, rules: not part of the content.
    pub artifact: bool,
}

const MM: f64 = 25.4 / 72.0;

type Matrix = [f64; 6];

fn times(a: Matrix, b: Matrix) -> Matrix {
    [
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    ]
}

const ONE: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

fn number(object: &Object) -> f64 {
    f64::from(object.as_float().unwrap())
}

fn matrix(operands: &[Object]) -> Matrix {
    let all: Vec<f64> = operands.iter().map(number).collect();
    all.try_into().unwrap()
}

struct Font {
    text: BTreeMap<u16, String>,
    widths: BTreeMap<u16, f64>,
}

fn fonts(file: &Document, page: lopdf::ObjectId) -> BTreeMap<Vec<u8>, Font> {
    file.get_page_fonts(page)
        .unwrap()
        .into_iter()
        .map(|(name, font)| {
            let made = Font {
                text: to_unicode(file, font),
                widths: widths(file, font),
            };
            (name, made)
        })
        .collect()
}

/// The map ToUnicode: lines `<code> <UTF-16>` and `<first> <last> <UTF-16>`.
fn to_unicode(file: &Document, font: &Dictionary) -> BTreeMap<u16, String> {
    let stream = font
        .get_deref(b"ToUnicode", file)
        .unwrap()
        .as_stream()
        .unwrap();
    let bytes = stream
        .decompressed_content()
        .unwrap_or_else(|_| stream.content.clone());
    let map = String::from_utf8(bytes).unwrap();
    let mut text = BTreeMap::new();
    let mut ranges = false;
    for line in map.lines() {
        ranges = (ranges || line.ends_with("beginbfrange")) && !line.ends_with("endbfrange");
        let codes: Vec<Vec<u16>> = line
            .split(['<', '>'])
            .skip(1)
            .step_by(2)
            .map(|hex| {
                hex.as_bytes()
                    .chunks(4)
                    .map(|four| {
                        u16::from_str_radix(std::str::from_utf8(four).unwrap(), 16).unwrap()
                    })
                    .collect()
            })
            .collect();
        match (ranges, codes.as_slice()) {
            (false, [code, to]) if code.len() == 1 => {
                text.insert(code[0], String::from_utf16(to).unwrap());
            }
            (true, [first, last, to]) => {
                for (code, step) in (first[0]..=last[0]).zip(0..) {
                    let mut to = to.clone();
                    *to.last_mut().unwrap() += step;
                    text.insert(code, String::from_utf16(&to).unwrap());
                }
            }
            _ => {}
        }
    }
    text.remove(&0xFFFF);
    text
}

/// The array W of a composite font: `c [w …]` or `c d w`.
fn widths(file: &Document, font: &Dictionary) -> BTreeMap<u16, f64> {
    let below = font
        .get_deref(b"DescendantFonts", file)
        .unwrap()
        .as_array()
        .unwrap();
    let (_, cid) = file.dereference(&below[0]).unwrap();
    let mut widths = BTreeMap::new();
    let Ok(list) = cid.as_dict().unwrap().get_deref(b"W", file) else {
        return widths;
    };
    let mut rest = list.as_array().unwrap().iter();
    while let Some(first) = rest.next() {
        let first = u16::try_from(first.as_i64().unwrap()).unwrap();
        match rest.next().unwrap() {
            Object::Array(all) => {
                for (width, code) in all.iter().zip(first..) {
                    widths.insert(code, number(width));
                }
            }
            last => {
                let width = number(rest.next().unwrap());
                for code in first..=u16::try_from(last.as_i64().unwrap()).unwrap() {
                    widths.insert(code, width);
                }
            }
        }
    }
    widths
}

/// Every piece of text, in the order of the file.
pub fn pieces(bytes: &[u8]) -> Vec<Piece> {
    let file = Document::load_mem(bytes).unwrap();
    file.get_pages()
        .into_iter()
        .flat_map(|(page, id)| of_page(&file, page, id))
        .collect()
}

fn of_page(file: &Document, page: u32, id: lopdf::ObjectId) -> Vec<Piece> {
    let fonts = fonts(file, id);
    let content = Content::decode(&file.get_page_content(id).unwrap()).unwrap();
    let height = boxes(file, id).1;
    let mut pieces = Vec::new();
    let (mut state, mut saved) = (ONE, Vec::new());
    let (mut text, mut line) = (ONE, ONE);
    let mut font: Option<(&Font, f64)> = None;
    let mut marks = Vec::new();
    for operation in &content.operations {
        let operands = &operation.operands;
        match operation.operator.as_str() {
            "q" => saved.push(state),
            "Q" => state = saved.pop().unwrap(),
            "cm" => state = times(matrix(operands), state),
            "BT" => (text, line) = (ONE, ONE),
            "Tm" => {
                line = matrix(operands);
                text = line;
            }
            "Td" => {
                line = times(
                    [
                        1.0,
                        0.0,
                        0.0,
                        1.0,
                        number(&operands[0]),
                        number(&operands[1]),
                    ],
                    line,
                );
                text = line;
            }
            "Tf" => font = Some((&fonts[operands[0].as_name().unwrap()], number(&operands[1]))),
            "BMC" | "BDC" => marks.push(operands[0].as_name().unwrap() == b"Artifact"),
            "EMC" => drop(marks.pop()),
            "Tj" | "TJ" => {
                let (font, size) = font.unwrap();
                let parts = match &operands[0] {
                    Object::Array(parts) => parts.clone(),
                    one => vec![one.clone()],
                };
                // A blank at the end of a line hangs over the margin and is not seen.
                let (mut shown, mut advance, mut seen) = (String::new(), 0.0, 0.0);
                for part in &parts {
                    match part {
                        Object::String(codes, _) => {
                            for code in codes.chunks(2) {
                                let code = u16::from_be_bytes([code[0], code[1]]);
                                shown += &font.text[&code];
                                advance += font.widths.get(&code).copied().unwrap_or(1000.0)
                                    / 1000.0
                                    * size;
                                if !shown.ends_with(' ') {
                                    seen = advance;
                                }
                            }
                        }
                        gap => advance -= number(gap) / 1000.0 * size,
                    }
                }
                let place = times(text, state);
                text = times([1.0, 0.0, 0.0, 1.0, advance, 0.0], text);
                let end = times(
                    [1.0, 0.0, 0.0, 1.0, seen - advance, 0.0],
                    times(text, state),
                );
                pieces.push(Piece {
                    page,
                    left: place[4] * MM,
                    right: end[4] * MM,
                    baseline: height - place[5] * MM,
                    size: size * place[0].abs(),
                    text: shown,
                    artifact: marks.contains(&true),
                });
            }
            "'" | "\"" | "TD" | "T*" | "Ts" | "Tz" | "Tc" | "Tw" => {
                panic!("the reader does not know {}", operation.operator)
            }
            _ => {}
        }
    }
    pieces
}

/// Width and height of a page in millimetres.
pub fn boxes(file: &Document, page: lopdf::ObjectId) -> (f64, f64) {
    let page = file.get_dictionary(page).unwrap();
    let edges: Vec<f64> = page
        .get_deref(b"MediaBox", file)
        .unwrap()
        .as_array()
        .unwrap()
        .iter()
        .map(number)
        .collect();
    ((edges[2] - edges[0]) * MM, (edges[3] - edges[1]) * MM)
}

/// The content as text, without header and footer.
pub fn content(bytes: &[u8]) -> String {
    pieces(bytes)
        .iter()
        .filter(|piece| !piece.artifact)
        .map(|piece| piece.text.as_str())
        .collect()
}

/// Without what a form leaves empty and what differs between print and source: blanks, dots, rules.
pub fn bare(text: &str) -> String {
    text.chars()
        .filter(|character| !character.is_whitespace() && !".…-_".contains(*character))
        .map(|character| match character {
            '¹' => '1',
            '²' => '2',
            other => other,
        })
        .collect()
}

/// The text of a part of a DOCX or XLSX: every text node, in order.
pub fn part(bytes: &[u8], name: &str) -> String {
    use std::io::Read;
    let mut file = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let mut xml = String::new();
    file.by_name(name)
        .unwrap()
        .read_to_string(&mut xml)
        .unwrap();
    xml
}

/// Text nodes of XML.
pub fn nodes(xml: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for character in xml.chars() {
        match character {
            '<' => inside = true,
            '>' => inside = false,
            other if !inside => text.push(other),
            _ => {}
        }
    }
    text.replace("&quot;", "\"")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}
