//! Workbooks of the shape that agencies really issue, made for the tests, and packages taken apart and put together.

use std::io::{Cursor, Read, Write};
use std::time::{Duration, Instant};

use app::import::catalogue_sheet::read_catalogue;
use app::import::preview::{CataloguePreview, ProblemKind, Severity};
use rust_decimal::Decimal;
use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet};

pub fn soon() -> Instant {
    Instant::now() + Duration::from_secs(60)
}

pub fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

/// How a coefficient cell is written.
#[derive(Clone)]
pub enum Factor {
    Formula,
    Uncomputed,
    Failed,
    Number(f64),
    Text(&'static str),
}

#[derive(Clone)]
pub struct Line {
    pub code: String,
    pub task: String,
    pub output: String,
    pub group: &'static str,
    pub range: &'static str,
    pub points: Option<f64>,
    pub factor: Factor,
}

pub fn line(code: &str, points: f64) -> Line {
    let (group, range) = match points {
        p if p <= 10.0 => ("N1", "1-10"),
        p if p <= 50.0 => ("N2", "11-50"),
        p if p <= 100.0 => ("N3", "51-100"),
        _ => ("N4", "101-200"),
    };
    Line {
        code: code.into(),
        task: format!("Tham mưu văn bản số {code}"),
        output: "Văn bản".into(),
        group,
        range,
        points: Some(points),
        factor: Factor::Formula,
    }
}

/// Three product sheets and one of criteria, as a commune issues them.
pub struct Decision {
    pub leaders: Vec<Line>,
    pub common: Vec<Line>,
    pub units: Vec<Line>,
    pub standard_text: Option<&'static str>,
}

impl Decision {
    pub fn new() -> Self {
        Self {
            leaders: vec![
                line("QL.01", 70.0),
                line("QL.02", 45.0),
                line("QL.03", 101.0),
            ],
            common: vec![
                line("DC.01", 5.0),
                line("DC.02", 25.0),
                line("DC.03", 8.0),
                line("DC.QPPL.01", 150.0),
            ],
            units: vec![
                line("VP.01", 30.0),
                line("VP.02", 60.0),
                line("HCC.01", 9.0),
            ],
            standard_text: Some("Sản phẩm chuẩn = 5 điểm = hệ số 1,00"),
        }
    }

    pub fn bytes(&self) -> Vec<u8> {
        let mut workbook = Workbook::new();
        write_criteria(
            workbook
                .add_worksheet()
                .set_name("PL I - Tieu chi chung")
                .unwrap(),
        );
        let note = self.standard_text.unwrap_or("Ghi chú");
        write_products(
            workbook
                .add_worksheet()
                .set_name("PL II - Lanh dao")
                .unwrap(),
            3,
            false,
            &self.leaders,
            "Ghi chú",
        );
        write_products(
            workbook
                .add_worksheet()
                .set_name("PL III - Dung chung")
                .unwrap(),
            3,
            false,
            &self.common,
            note,
        );
        write_products(
            workbook
                .add_worksheet()
                .set_name("PL IV - Rieng phong")
                .unwrap(),
            4,
            true,
            &self.units,
            "Ghi chú",
        );
        // A formula that no program has computed yet has no value at all; the writing library cannot leave it out.
        let mut all = parts(&workbook.save_to_buffer().unwrap());
        for (_, content) in all
            .iter_mut()
            .filter(|(name, _)| name.starts_with("xl/worksheets/"))
        {
            *content = String::from_utf8(std::mem::take(content))
                .unwrap()
                .replace("<v>987654321</v>", "")
                .into_bytes();
        }
        package(&all)
    }

    pub fn read(&self) -> CataloguePreview {
        read_catalogue(&self.bytes(), soon()).unwrap()
    }
}

pub fn write_criteria(sheet: &mut Worksheet) {
    let bold = Format::new().set_bold();
    sheet
        .merge_range(0, 0, 0, 2, "PHỤ LỤC I: TIÊU CHÍ CHUNG", &bold)
        .unwrap();
    sheet
        .write_row(2, 0, ["TT", "Tiêu chí chấm điểm", "Điểm tối đa"])
        .unwrap();
    let rows = [
        ("I", "Phẩm chất", 10.0),
        ("1", "Chính trị", 7.5),
        ("2", "Kỷ luật", 2.5),
        ("II", "Năng lực", 20.0),
        ("1", "Chuyên môn", 20.0),
    ];
    for (row, (mark, label, most)) in (3..).zip(rows) {
        match mark.parse::<f64>() {
            Ok(number) => sheet.write_number(row, 0, number).unwrap(),
            Err(_) => sheet.write_string(row, 0, mark).unwrap(),
        };
        sheet
            .write_string(row, 1, label)
            .unwrap()
            .write_number(row, 2, most)
            .unwrap();
    }
    sheet
        .write_string(8, 1, "CỘNG")
        .unwrap()
        .write_number(8, 2, 30)
        .unwrap();
}

pub fn write_products(
    sheet: &mut Worksheet,
    header: u32,
    with_unit: bool,
    lines: &[Line],
    last_heading: &str,
) {
    let bold = Format::new().set_bold();
    let width = if with_unit { 10 } else { 9 };
    sheet.merge_range(0, 0, 0, width, "PHỤ LỤC", &bold).unwrap();
    sheet
        .merge_range(1, 0, 1, width, "DANH MỤC SẢN PHẨM/CÔNG VIỆC QUY ĐỔI", &bold)
        .unwrap();
    sheet
        .merge_range(2, 0, 2, 8, "(Kèm theo Quyết định số 283/QĐ-UBND)", &bold)
        .unwrap();
    let mut headings = vec![
        "STT",
        "Mã CV",
        "Nhiệm vụ",
        "Công việc chi tiết",
        "Sản phẩm đầu ra",
        "Nhóm",
        "Khung điểm",
        "Điểm chấm",
        "Hệ số quy đổi",
        last_heading,
    ];
    if with_unit {
        headings.insert(2, "Phòng, ban chuyên môn");
    }
    sheet.write_row(header, 0, headings).unwrap();
    for (row, line) in (header + 1..).zip(lines) {
        sheet.write_number(row, 0, row - header).unwrap();
        let mut texts = vec![
            line.code.as_str(),
            line.task.as_str(),
            "Soạn, rà soát, trình ký",
            line.output.as_str(),
            line.group,
            line.range,
        ];
        if with_unit {
            texts.insert(1, "Văn phòng HĐND-UBND");
        }
        for (column, text) in (1..).zip(&texts) {
            if !text.is_empty() {
                sheet.write_string(row, column, *text).unwrap();
            }
        }
        let points_column = if with_unit { 8 } else { 7 };
        if let Some(points) = line.points {
            sheet.write_number(row, points_column, points).unwrap();
        }
        let letter = if with_unit { 'I' } else { 'H' };
        let formula = Formula::new(format!("=ROUND({letter}{}/5,2)", row + 1));
        let column = points_column + 1;
        match &line.factor {
            Factor::Formula => sheet
                .write_formula(
                    row,
                    column,
                    formula.set_result((line.points.unwrap_or(0.0) / 5.0).to_string()),
                )
                .unwrap(),
            Factor::Uncomputed => sheet
                .write_formula(row, column, formula.set_result("987654321"))
                .unwrap(),
            Factor::Failed => sheet
                .write_formula(row, column, formula.set_result("#DIV/0!"))
                .unwrap(),
            Factor::Number(number) => sheet.write_number(row, column, *number).unwrap(),
            Factor::Text(text) => sheet.write_string(row, column, *text).unwrap(),
        };
    }
}

/// A problem as (severity, kind, sheet, row, column).
pub type Told<'a> = (Severity, ProblemKind, &'a str, Option<u32>, Option<&'a str>);

/// The problems that stop applying or inform, as (severity, kind, sheet, row, column).
pub fn problems(preview: &CataloguePreview) -> Vec<Told<'_>> {
    preview
        .problems
        .iter()
        .map(|p| {
            (
                p.severity,
                p.kind,
                p.sheet.as_str(),
                p.row,
                p.column.as_deref(),
            )
        })
        .collect()
}

pub fn small() -> Vec<u8> {
    let mut workbook = Workbook::new();
    workbook
        .add_worksheet()
        .write_string(0, 0, "một")
        .unwrap()
        .write_number(4, 2, 1.5)
        .unwrap();
    workbook.save_to_buffer().unwrap()
}

/// All parts of a package, by name.
pub fn parts(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|at| {
            let mut entry = archive.by_index(at).unwrap();
            let mut content = Vec::new();
            entry.read_to_end(&mut content).unwrap();
            (entry.name().unwrap().into_owned(), content)
        })
        .collect()
}

pub fn package(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer
            .start_file(name.as_str(), zip::write::SimpleFileOptions::default())
            .unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

pub fn with_part(name: &str, content: &[u8]) -> Vec<u8> {
    let mut all = parts(&small());
    all.retain(|(other, _)| other != name);
    all.push((name.to_owned(), content.to_vec()));
    package(&all)
}

pub fn sheets_xml(bytes: &[u8]) -> String {
    parts(bytes)
        .into_iter()
        .filter(|(name, _)| name.starts_with("xl/worksheets/"))
        .map(|(_, xml)| String::from_utf8(xml).unwrap())
        .collect()
}
