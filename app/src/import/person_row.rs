//! Reads one row of a table of people or units: what it holds, or why it cannot be understood.
//! Apart from finding tables, so that the rules of a row stand in one place.

use chrono::NaiveDate;

use super::cells::{short, some, text_of};
use super::headings::{Column, Header};
use super::people_sheet::Gathered;
use super::preview::{PersonRow, PostRole, ProblemKind, Severity, UnitRow};
use super::product_row::LONGEST_CODE;
use super::words::{fold, is_plausible, one_line, parse_date};
use super::workbook::{CellValue, Row, Sheet};

/// Longest name or title, in letters.
pub const LONGEST_NAME: usize = 200;

/// Reads one row of a table of units; false when it cannot be one.
pub(super) fn read_unit(
    sheet: &Sheet,
    row: &Row,
    header: &Header,
    gathered: &mut Gathered,
) -> bool {
    let text = |column| one_line(&text_of(header.cell(row, column)));
    let (code, name, parent) = (
        text(Column::Code),
        text(Column::FullName),
        some(text(Column::Parent)),
    );
    let place = (sheet.name.as_str(), row.number);
    let before = gathered.problems.len();
    if code.is_empty() {
        gathered.blame(
            place,
            Column::Code,
            ProblemKind::ValueMissing,
            Severity::Error,
            format!("Đơn vị «{}» thiếu mã.", short(&name)),
        );
    }
    if name.is_empty() {
        gathered.blame(
            place,
            Column::FullName,
            ProblemKind::ValueMissing,
            Severity::Error,
            format!("Đơn vị «{}» thiếu tên.", short(&code)),
        );
    }
    too_long(
        place,
        &[
            (Column::Code, &code, LONGEST_CODE),
            (Column::FullName, &name, LONGEST_NAME),
            (
                Column::Parent,
                parent.as_deref().unwrap_or_default(),
                LONGEST_NAME,
            ),
        ],
        gathered,
    );
    if gathered.problems.len() > before {
        return false;
    }
    gathered.units.push(UnitRow {
        sheet: sheet.name.clone(),
        row: row.number,
        code,
        name,
        parent,
    });
    true
}

fn too_long(place: (&str, u32), texts: &[(Column, &str, usize)], gathered: &mut Gathered) {
    for (column, text, longest) in texts {
        let length = text.chars().count();
        if length > *longest {
            gathered.blame(
                place,
                *column,
                ProblemKind::ValueTooLong,
                Severity::Error,
                format!("Nội dung dài {length} ký tự, tối đa {longest}."),
            );
        }
    }
}

/// Reads one row of a table of people; false when it cannot be a person.
pub(super) fn read_person(
    sheet: &Sheet,
    row: &Row,
    header: &Header,
    gathered: &mut Gathered,
) -> bool {
    let text = |column| one_line(&text_of(header.cell(row, column)));
    let place = (sheet.name.as_str(), row.number);
    let before = gathered
        .problems
        .iter()
        .filter(|problem| problem.is_error())
        .count();
    let (officer_code, full_name) = (text(Column::Code), text(Column::FullName));
    let who = if full_name.is_empty() {
        short(&officer_code)
    } else {
        short(&full_name)
    };
    let mut unit = text(Column::Unit);
    if unit.is_empty() {
        unit = header.columns.get(&Column::Unit).map_or(unit, |at| {
            one_line(&text_of(sheet.merged_value(row.number, *at)))
        });
    }
    for (column, value, what) in [
        (Column::Code, &officer_code, "mã cán bộ"),
        (Column::FullName, &full_name, "họ và tên"),
        (Column::Unit, &unit, "đơn vị"),
    ] {
        if value.is_empty() {
            gathered.blame(
                place,
                column,
                ProblemKind::ValueMissing,
                Severity::Error,
                format!("«{who}» thiếu {what}."),
            );
        }
    }
    if !full_name.is_empty()
        && !full_name
            .chars()
            .all(|letter| letter.is_alphabetic() || matches!(letter, ' ' | '\'' | '’' | '-' | '.'))
    {
        gathered.blame(
            place,
            Column::FullName,
            ProblemKind::ValueUnreadable,
            Severity::Error,
            format!("Họ và tên «{who}» có ký tự không phải chữ."),
        );
    }
    let typed_role = text(Column::Role);
    let role = role_of(&typed_role);
    if typed_role.is_empty() {
        gathered.blame(
            place,
            Column::Role,
            ProblemKind::ValueMissing,
            Severity::Notice,
            format!("«{who}» không ghi vai trò: được xếp là Công chức."),
        );
    } else if role.is_none() {
        let reason = format!(
            "Vai trò «{}» không nhận ra; chỉ nhận Người đứng đầu, Cấp phó hoặc Công chức.",
            short(&typed_role)
        );
        gathered.blame(
            place,
            Column::Role,
            ProblemKind::UnknownWord,
            Severity::Error,
            reason,
        );
    }
    let account = some(text(Column::Account).to_lowercase());
    if let Some(account) = account.as_deref().filter(|account| !is_account(account)) {
        let reason = format!(
            "Tài khoản «{}» không hợp lệ: 3 đến 64 ký tự, chỉ gồm chữ không dấu, số và các dấu . _ - @.",
            short(account)
        );
        gathered.blame(
            place,
            Column::Account,
            ProblemKind::ValueUnreadable,
            Severity::Error,
            reason,
        );
    }
    let birth_date = date_in(header, row, Column::BirthDate, "Ngày sinh", place, gathered);
    let from = date_in(header, row, Column::From, "Từ ngày", place, gathered);
    if let (Some(born), Some(from)) = (birth_date, from)
        && from <= born
    {
        let reason = format!(
            "Từ ngày {} không sau ngày sinh {} của «{who}».",
            from.format("%d/%m/%Y"),
            born.format("%d/%m/%Y")
        );
        gathered.blame(
            place,
            Column::From,
            ProblemKind::ValueUnreadable,
            Severity::Error,
            reason,
        );
    }
    let (post_title, similar_group) = (
        some(text(Column::PostTitle)),
        some(text(Column::SimilarGroup)),
    );
    let texts = [
        (Column::Code, officer_code.as_str(), LONGEST_CODE),
        (Column::FullName, full_name.as_str(), LONGEST_NAME),
        (Column::Unit, unit.as_str(), LONGEST_NAME),
        (
            Column::PostTitle,
            post_title.as_deref().unwrap_or_default(),
            LONGEST_NAME,
        ),
        (
            Column::SimilarGroup,
            similar_group.as_deref().unwrap_or_default(),
            LONGEST_NAME,
        ),
    ];
    too_long(place, &texts, gathered);
    if gathered
        .problems
        .iter()
        .filter(|problem| problem.is_error())
        .count()
        > before
    {
        return false;
    }
    let role = role.unwrap_or(PostRole::Staff);
    gathered.people.push(PersonRow {
        sheet: sheet.name.clone(),
        row: row.number,
        officer_code,
        full_name,
        birth_date,
        unit,
        post_title,
        role,
        similar_group,
        account,
        from,
    });
    true
}

fn role_of(typed: &str) -> Option<PostRole> {
    match fold(typed).as_str() {
        "nguoi dung dau" | "cap truong" | "dung dau" => Some(PostRole::Head),
        "cap pho" | "pho" => Some(PostRole::Deputy),
        "cong chuc" | "vien chuc" | "nhan vien" => Some(PostRole::Staff),
        _ => None,
    }
}

fn is_account(account: &str) -> bool {
    (3..=64).contains(&account.len())
        && account.starts_with(|letter: char| letter.is_ascii_alphanumeric())
        && account
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '_' | '-' | '@'))
}

fn date_in(
    header: &Header,
    row: &Row,
    column: Column,
    what: &str,
    place: (&str, u32),
    gathered: &mut Gathered,
) -> Option<NaiveDate> {
    let value = header.cell(row, column)?;
    let date = match value {
        CellValue::Date(date) => Some(*date).filter(|date| is_plausible(*date)),
        CellValue::Text(text) => parse_date(text),
        CellValue::Number(_) | CellValue::Unusable(_) => None,
    };
    if date.is_none() {
        let reason = format!(
            "{what} ghi «{}», phải có dạng ngày/tháng/năm như 05/09/1985.",
            short(&value.display())
        );
        gathered.blame(
            place,
            column,
            ProblemKind::ValueUnreadable,
            Severity::Error,
            reason,
        );
    }
    date
}
