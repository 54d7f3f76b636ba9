//! DOCX for editing: the same blocks, the same margins. The font is Times New Roman by name: offices have it.

use std::io::Cursor;

use docx_rs::{
    AlignmentType, BorderType, Docx, Footer, Header, LineSpacing, PageMargin, PageNum, PageNumType,
    Paragraph, Run, RunFonts, Section as DocxSection, SpecialIndentType, Table as DocxTable,
    TableBorder, TableBorderPosition, TableBorders, TableCell, TableLayoutType, TableRow,
    VAlignType, WidthType,
};

use crate::document::{Block, Document, Row, Section, Signing, Style, Table};
use crate::error::FormError;

/// Twentieths of a point in a millimetre, times a hundred.
const TWIPS: i32 = 5669;
/// Width of the text: A4 less 30 and 15 mm, in twips.
const WIDTH: usize = 9354;
/// What an empty field of the form shows.
const DOTS: &str =
    "................................................................................";
/// Half points of running text.
const BODY: usize = 26;

/// The document as DOCX.
///
/// # Errors
/// `Docx` when it cannot be packed.
pub fn write(document: &Document) -> Result<Vec<u8>, FormError> {
    let day = document.at.format("%Y-%m-%dT%H:%M:%SZ").to_string();
    let mut docx = Docx::new()
        .default_fonts(
            RunFonts::new()
                .ascii("Times New Roman")
                .hi_ansi("Times New Roman")
                .cs("Times New Roman")
                .east_asia("Times New Roman"),
        )
        .default_size(BODY)
        .created_at(&day)
        .updated_at(&day)
        .page_size(11906, 16838)
        .page_margin(margins());
    let Some((last, earlier)) = document.sections.split_last() else {
        return Err(FormError::Empty);
    };
    for section in earlier {
        docx = docx.add_section(written(section));
    }
    docx = docx
        .title_pg()
        .header(numbered())
        .footer(foot(last))
        .first_footer(foot(last))
        .page_num_type(PageNumType::new().start(1));
    for part in parts(last) {
        docx = match part {
            Part::Paragraph(paragraph) => docx.add_paragraph(*paragraph),
            Part::Table(table) => docx.add_table(*table),
        };
    }
    let mut file = Cursor::new(Vec::new());
    docx.build()
        .pack(&mut file)
        .map_err(|error| FormError::Docx(error.to_string()))?;
    Ok(file.into_inner())
}

/// Margins by Nghị định 30/2020, as in the PDF.
fn margins() -> PageMargin {
    let mm = |value: i32| value * TWIPS / 100;
    PageMargin::new()
        .top(mm(20))
        .bottom(mm(22))
        .left(mm(30))
        .right(mm(15))
        .header(mm(10))
        .footer(mm(8))
}

/// A section before the last one; the last belongs to the document itself.
fn written(section: &Section) -> DocxSection {
    let mut made = DocxSection::new()
        .page_size(docx_rs::PageSize::new().size(11906, 16838))
        .page_margin(margins())
        .title_pg()
        .header(numbered())
        .footer(foot(section))
        .first_footer(foot(section))
        .page_num_type(PageNumType::new().start(1));
    for part in parts(section) {
        made = match part {
            Part::Paragraph(paragraph) => made.add_paragraph(*paragraph),
            Part::Table(table) => made.add_table(*table),
        };
    }
    made
}

/// The page number, from the second page: the first has a header of its own, which is empty.
fn numbered() -> Header {
    Header::new().add_paragraph(
        Paragraph::new()
            .align(AlignmentType::Center)
            .add_page_num(PageNum::new()),
    )
}

fn foot(section: &Section) -> Footer {
    section.footer.iter().fold(Footer::new(), |footer, line| {
        footer.add_paragraph(tight().add_run(Run::new().size(18).add_text(line)))
    })
}

/// What stands in a section.
enum Part {
    Paragraph(Box<Paragraph>),
    Table(Box<DocxTable>),
}

fn parts(section: &Section) -> Vec<Part> {
    let mut parts = Vec::new();
    for block in &section.blocks {
        match block {
            Block::Head { .. } | Block::Table(_) | Block::Signatures { .. } => {
                parts.push(Part::Table(Box::new(table_of(block))));
                // Two tables without a paragraph between them would become one.
                parts.push(Part::Paragraph(Box::new(tight())));
            }
            _ => parts.extend(
                paragraphs(block)
                    .into_iter()
                    .map(|paragraph| Part::Paragraph(Box::new(paragraph))),
            ),
        }
    }
    parts
}

fn table_of(block: &Block) -> DocxTable {
    match block {
        Block::Head {
            above,
            agency,
            number,
            country,
            motto,
            date,
        } => side_by_side(vec![
            TableCell::new()
                .width(3700, WidthType::Dxa)
                .add_paragraph(centred(above, 24, false))
                .add_paragraph(centred(agency, 24, true))
                .add_paragraph(centred("-------", 24, false))
                .add_paragraph(centred(number, BODY, false)),
            TableCell::new()
                .width(WIDTH - 3700, WidthType::Dxa)
                .add_paragraph(centred(country, 24, true))
                .add_paragraph(centred(motto, BODY, true))
                .add_paragraph(centred("---------------", 24, false))
                .add_paragraph(
                    tight()
                        .align(AlignmentType::Center)
                        .add_run(Run::new().italic().add_text(date)),
                ),
        ]),
        Block::Signatures { signatures } => {
            let mut cells: Vec<TableCell> = signatures.iter().map(signing).collect();
            if cells.len() == 1 {
                cells.insert(
                    0,
                    TableCell::new()
                        .width(WIDTH / 2, WidthType::Dxa)
                        .add_paragraph(tight()),
                );
            }
            side_by_side(cells)
        }
        Block::Table(table) => bordered(table),
        _ => DocxTable::new(Vec::new()),
    }
}

fn side_by_side(cells: Vec<TableCell>) -> DocxTable {
    DocxTable::without_borders(vec![TableRow::new(cells).cant_split()])
        .width(WIDTH, WidthType::Dxa)
        .layout(TableLayoutType::Fixed)
}

fn signing(signing: &Signing) -> TableCell {
    let mut cell = TableCell::new().width(WIDTH / 2, WidthType::Dxa);
    if !signing.date.is_empty() {
        cell = cell.add_paragraph(
            tight()
                .align(AlignmentType::Center)
                .add_run(Run::new().italic().add_text(&signing.date)),
        );
    }
    for line in &signing.capacity {
        cell = cell.add_paragraph(centred(line, BODY, true));
    }
    cell = cell.add_paragraph(
        tight()
            .align(AlignmentType::Center)
            .add_run(Run::new().italic().add_text(&signing.instruction)),
    );
    if signing.signed.is_empty() {
        for _ in 0..3 {
            cell = cell.add_paragraph(tight());
        }
    }
    for line in &signing.signed {
        cell = cell.add_paragraph(centred(line, 20, false));
    }
    cell.add_paragraph(centred(&signing.name, BODY, true))
}

fn bordered(table: &Table) -> DocxTable {
    let sum: usize = table.widths.iter().map(|width| usize::from(*width)).sum();
    let widths: Vec<usize> = table
        .widths
        .iter()
        .map(|width| usize::from(*width) * WIDTH / sum.max(1))
        .collect();
    let size = if table.small { 20 } else { 24 };
    let head = table.head.iter().zip(0_u32..).map(|(row, ordinal)| {
        TableRow::new(
            row.iter()
                .zip(&widths)
                .map(|(text, width)| cell(*width, centred(text, size, ordinal == 0)))
                .collect(),
        )
        .cant_split()
    });
    let rows = table.rows.iter().map(|row| self::row(row, &widths, size));
    let border = |position| {
        TableBorder::new(position)
            .border_type(BorderType::Single)
            .size(4)
    };
    let borders = [
        TableBorderPosition::Top,
        TableBorderPosition::Bottom,
        TableBorderPosition::Left,
        TableBorderPosition::Right,
        TableBorderPosition::InsideH,
        TableBorderPosition::InsideV,
    ]
    .into_iter()
    .fold(TableBorders::new(), |borders, position| {
        borders.set(border(position))
    });
    DocxTable::new(head.chain(rows).collect())
        .set_grid(widths.clone())
        .set_borders(borders)
        .width(WIDTH, WidthType::Dxa)
        .layout(TableLayoutType::Fixed)
}

fn row(row: &Row, widths: &[usize], size: usize) -> TableRow {
    TableRow::new(
        row.cells
            .iter()
            .zip(widths)
            .map(|(data, width)| {
                let paragraph = if data.centred {
                    centred(&data.text, size, row.bold)
                } else {
                    tight().add_run(run(&data.text, size, row.bold))
                };
                cell(*width, paragraph)
            })
            .collect(),
    )
    .cant_split()
}

fn cell(width: usize, paragraph: Paragraph) -> TableCell {
    TableCell::new()
        .width(width, WidthType::Dxa)
        .vertical_align(VAlignType::Center)
        .add_paragraph(paragraph)
}

fn paragraphs(block: &Block) -> Vec<Paragraph> {
    match block {
        Block::Draft { text } => vec![centred(text, 24, true)],
        Block::Label { text } => vec![
            tight()
                .align(AlignmentType::Right)
                .add_run(run(text, BODY, true)),
        ],
        Block::Title {
            text,
            under,
            mark,
            ruled,
        } => {
            let mut all = vec![centred(text, 28, true)];
            for (line, ordinal) in under.iter().zip(0_u32..) {
                let mut paragraph = centred(line, BODY, *ruled);
                if ordinal == 0 {
                    paragraph = with_mark(paragraph, mark);
                }
                all.push(paragraph);
            }
            all.push(tight());
            all
        }
        Block::Heading { text, mark } => vec![with_mark(
            spaced().keep_next(true).add_run(run(text, BODY, true)),
            mark,
        )],
        Block::Field { label, value, .. } => {
            let value = if value.trim().is_empty() { DOTS } else { value };
            lines(&format!("{label} {value}"), |text| {
                spaced().add_run(run(text.trim_start(), BODY, false))
            })
        }
        Block::Text { text, style } => lines(text, |text| match style {
            Style::Plain => spaced().add_run(run(text, BODY, false)),
            Style::Indented => spaced()
                .align(AlignmentType::Both)
                .indent(None, Some(SpecialIndentType::FirstLine(567)), None, None)
                .add_run(run(text, BODY, false)),
            Style::Address => spaced()
                .align(AlignmentType::Center)
                .add_run(run(text, BODY, false)),
            Style::Small => tight().add_run(run(text, 22, false)),
        }),
        Block::Choice { chosen, text } => {
            let sign = if *chosen { "☑" } else { "☐" };
            vec![spaced().add_run(run(&format!("{sign} {text}"), BODY, false))]
        }
        Block::Notes { notes } => {
            let mut all = vec![tight().add_run(run("____________________________", 20, false))];
            all.extend(notes.iter().map(|(mark, note)| {
                with_mark(tight(), mark).add_run(run(&format!(" {note}"), 21, false))
            }));
            all
        }
        Block::Head { .. } | Block::Table(_) | Block::Signatures { .. } => Vec::new(),
    }
}

fn lines(text: &str, paragraph: impl Fn(&str) -> Paragraph) -> Vec<Paragraph> {
    text.lines()
        .filter(|line| !line.trim().is_empty())
        .map(paragraph)
        .collect()
}

fn run(text: &str, size: usize, bold: bool) -> Run {
    let run = Run::new().size(size).add_text(text);
    if bold { run.bold() } else { run }
}

/// A small digit, as the forms mark their notes.
fn with_mark(paragraph: Paragraph, mark: &str) -> Paragraph {
    match mark {
        "" => paragraph,
        "1" => paragraph.add_run(run("¹", BODY, false)),
        "2" => paragraph.add_run(run("²", BODY, false)),
        other => paragraph.add_run(run(other, 16, false)),
    }
}

fn tight() -> Paragraph {
    Paragraph::new().line_spacing(LineSpacing::new().before(0).after(0))
}

fn spaced() -> Paragraph {
    Paragraph::new().line_spacing(LineSpacing::new().before(60).after(60))
}

fn centred(text: &str, size: usize, bold: bool) -> Paragraph {
    tight()
        .align(AlignmentType::Center)
        .add_run(run(text, size, bold))
}
