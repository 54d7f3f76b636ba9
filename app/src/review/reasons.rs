//! Why the computed score differs from what the officer reports, in words: one sentence a cause, exceptions only.

use rust_decimal::Decimal;

use super::store::work::ReviewedWork;
use crate::format::number;

/// Products that are named before "…".
const NAMED: usize = 3;

/// What is not accepted yet, and what is not done.
pub fn quantity(work: &[ReviewedWork]) -> Vec<String> {
    let mut found = Vec::new();
    let waiting = named(work, |work| work.row.status.as_deref() == Some("delivered"));
    if let Some(waiting) = waiting {
        found.push(format!("{} chờ nghiệm thu: {}", waiting.0, waiting.1));
    }
    let returned = named(work, |work| work.row.status.as_deref() == Some("returned"));
    if let Some(returned) = returned {
        found.push(format!(
            "{} bị trả lại, chưa bàn giao lại: {}",
            returned.0, returned.1
        ));
    }
    let unfinished = named(first_rows(work), |work| {
        work.row.quantity_done < work.row.quantity - work.row.handed_over
    });
    if let Some(unfinished) = unfinished {
        found.push(format!("{} chưa xong: {}", unfinished.0, unfinished.1));
    }
    let handed_over: Decimal = first_rows(work)
        .into_iter()
        .map(|work| work.row.handed_over)
        .sum();
    if handed_over > Decimal::ZERO {
        found.push(format!(
            "{} đã chuyển giao, vẫn tính vào khối lượng được giao",
            number(handed_over, 2)
        ));
    }
    if found.is_empty() {
        found.push("Mọi sản phẩm được giao đã nghiệm thu.".to_owned());
    }
    found
}

/// Returns for major errors; `rate` is the share that each costs.
pub fn quality(work: &[ReviewedWork], rate: Decimal) -> Vec<String> {
    faults(
        (work, rate),
        |work| (work.row.failed_reviews, work.row.excused_failed_reviews),
        "failed_review",
        "bị trả lại vì sai sót lớn",
        "Không có lần trả lại vì sai sót lớn.",
    )
}

/// Missed due days; `rate` is the share that each costs.
pub fn progress(work: &[ReviewedWork], rate: Decimal) -> Vec<String> {
    faults(
        (work, rate),
        |work| (work.row.delays, work.row.excused_delays),
        "delay",
        "trễ hạn",
        "Không có lần trễ hạn.",
    )
}

fn faults(
    (work, rate): (&[ReviewedWork], Decimal),
    counts: fn(&ReviewedWork) -> (Option<i32>, Option<i32>),
    concerns: &str,
    what: &str,
    none: &str,
) -> Vec<String> {
    let mut found = Vec::new();
    let of = |work: &ReviewedWork| {
        let (happened, excused) = counts(work);
        (happened.unwrap_or(0), excused.unwrap_or(0))
    };
    let happened: i32 = work.iter().map(|work| of(work).0).sum();
    let excused: i32 = work.iter().map(|work| of(work).1).sum();
    if let Some((products, names)) = named(work, |work| of(work).0 > 0) {
        found.push(format!(
            "{products} {what}, cộng {happened} lần (−{} % mỗi lần): {names}",
            number(rate * Decimal::ONE_HUNDRED, 2)
        ));
    }
    if excused > 0 {
        found.push(format!(
            "{excused} lần có nguyên nhân khách quan đã xác nhận, không trừ"
        ));
    }
    let asked: u32 = work
        .iter()
        .flat_map(|work| &work.causes)
        .filter(|cause| cause.concerns == concerns)
        .map(|cause| cause.occurrences)
        .sum();
    if asked > 0 {
        found.push(format!(
            "{asked} lần có nguyên nhân khách quan chờ xác nhận"
        ));
    }
    if found.is_empty() {
        found.push(none.to_owned());
    }
    found
}

/// One row an assignment: the rows of its deliverables follow each other.
fn first_rows(work: &[ReviewedWork]) -> Vec<&ReviewedWork> {
    let mut rows: Vec<&ReviewedWork> = Vec::new();
    for work in work {
        if rows
            .last()
            .is_none_or(|last| last.row.assignment != work.row.assignment)
        {
            rows.push(work);
        }
    }
    rows
}

/// "2 sản phẩm" and their names, if there are any.
fn named<'a>(
    work: impl IntoIterator<Item = &'a ReviewedWork>,
    fits: impl Fn(&ReviewedWork) -> bool,
) -> Option<(String, String)> {
    let found: Vec<&str> = work
        .into_iter()
        .filter(|work| fits(work))
        .map(|work| work.row.product.as_str())
        .collect();
    if found.is_empty() {
        return None;
    }
    let names: Vec<String> = found
        .iter()
        .take(NAMED)
        .map(|name| format!("“{name}”"))
        .collect();
    let rest = if found.len() > NAMED { "; …" } else { "" };
    Some((
        format!("{} sản phẩm", found.len()),
        format!("{}{rest}", names.join("; ")),
    ))
}
