//! From the trace of a score to what the card shows: formulas with the officer's own numbers, reasons, lines.

use kpi::level::Level;
use kpi::rule_set::RuleSet;
use kpi::scoring::ItemKind;
use kpi::trace::{Line, Step, StepKey, Trace};
use kpi::wording::{Sentence, explain, explain_line, level_in};
use rust_decimal::Decimal;

use super::wire::{ScoreData, ScorePart};
use crate::format;

/// Most lines that are listed below a formula.
const MOST_LINES: usize = 40;

/// What the card shows of a trace.
pub fn score_data(
    trace: &Trace,
    rules: &RuleSet,
    confirmed: bool,
    advice: Option<String>,
    expected: Decimal,
) -> ScoreData {
    let total = trace.step(StepKey::Total);
    let level: Option<Level> = trace.step(StepKey::Level).map(level_in);
    let why = [
        StepKey::TaskPercent,
        StepKey::TaskPoints,
        StepKey::Total,
        StepKey::Level,
    ];
    let assigned = trace
        .step(StepKey::Assigned)
        .map_or(Decimal::ZERO, |step| step.published);
    let parts = [
        measured(
            trace,
            "Số lượng",
            "a",
            StepKey::QuantityPercent,
            StepKey::Volume,
        ),
        measured(
            trace,
            "Chất lượng",
            "b",
            StepKey::QualityPercent,
            StepKey::Quality,
        ),
        measured(
            trace,
            "Tiến độ",
            "c",
            StepKey::ProgressPercent,
            StepKey::Progress,
        ),
        chosen(trace, "Kết quả của đơn vị", "d", StepKey::Results),
        chosen(trace, "Tổ chức triển khai", "đ", StepKey::Organising),
        chosen(trace, "Tập hợp, đoàn kết", "e", StepKey::Unity),
        common(trace),
    ];
    ScoreData {
        total: total.map(|step| step.published),
        level,
        confirmed,
        rules: (rules.code.clone(), rules.name.clone()),
        why: sentences(trace, &why),
        advice,
        assigned: assigned.normalize(),
        expected,
        parts: parts.into_iter().flatten().collect(),
    }
}

fn sentences(trace: &Trace, keys: &[StepKey]) -> Vec<Sentence> {
    keys.iter()
        .filter_map(|key| trace.step(*key))
        .map(explain)
        .collect()
}

fn measured(
    trace: &Trace,
    label: &str,
    letter: &str,
    percent: StepKey,
    sum: StepKey,
) -> Option<ScorePart> {
    let step = trace.step(percent)?;
    let of = |key: StepKey| trace.step(key).map_or(Decimal::ZERO, |step| step.published);
    Some(ScorePart {
        label: label.to_owned(),
        formula: format!(
            "{letter} = {} / {}",
            format::number(of(sum), 2),
            format::number(of(StepKey::Assigned), 2)
        ),
        percent: step.published,
        figure: format!("{}%", format::number(step.published, 1)),
        judged: false,
        why: sentences(trace, &[percent, sum, StepKey::Assigned]),
        lines: trace.step(sum).map(lines).unwrap_or_default(),
    })
}

fn chosen(trace: &Trace, label: &str, letter: &str, key: StepKey) -> Option<ScorePart> {
    let step = trace.step(key)?;
    Some(ScorePart {
        label: label.to_owned(),
        formula: format!("{letter} = {}%", format::number(step.published, 0)),
        percent: step.published,
        figure: format!("{}%", format::number(step.published, 0)),
        judged: key != StepKey::Results,
        why: sentences(trace, &[key]),
        lines: Vec::new(),
    })
}

fn common(trace: &Trace) -> Option<ScorePart> {
    let step = trace.step(StepKey::CommonPoints)?;
    Some(ScorePart {
        label: "Tiêu chí chung".to_owned(),
        formula: "tối đa 30 điểm".to_owned(),
        percent: format::percent(step.published, Decimal::from(30)).unwrap_or_default(),
        figure: format::number(step.published, 2),
        judged: true,
        why: sentences(trace, &[StepKey::CommonPoints]),
        lines: Vec::new(),
    })
}

/// The lines of a sum, those with faults first, then extra work, then the rest in their order.
fn lines(step: &Step) -> Vec<String> {
    let rank = |line: &&Line| (line.faults == 0, line.kind == ItemKind::Plan);
    let mut sorted: Vec<&Line> = step.lines.iter().collect();
    sorted.sort_by_key(rank);
    let more = sorted.len().saturating_sub(MOST_LINES);
    let mut words: Vec<String> = sorted
        .into_iter()
        .take(MOST_LINES)
        .map(|line| explain_line(step.key, line))
        .collect();
    if more > 0 {
        words.push(format!("và {more} dòng khác"));
    }
    words
}
