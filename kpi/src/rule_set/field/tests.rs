//! Tests of `rule_set::field`.

use super::*;
use crate::rule_set::{CapBase, DeductionShape, Rounding};

fn changed(path: &str, text: &str) -> Result<RuleSet, RuleError> {
    let mut set = RuleSet::nd_335_2025();
    write(&mut set, field(path).unwrap(), text)?;
    Ok(set)
}

/// Every editable value of the wire form, so that no field of a rule set is forgotten.
fn leaves(value: &serde_json::Value, path: &str, out: &mut Vec<String>) {
    match value {
        serde_json::Value::Object(map) => {
            for (key, value) in map {
                let path = if path.is_empty() {
                    key.clone()
                } else {
                    format!("{path}.{key}")
                };
                leaves(value, &path, out);
            }
        }
        _ => out.push(path.to_owned()),
    }
}

#[test]
fn every_value_of_a_rule_set_has_its_field() {
    let value = serde_json::to_value(RuleSet::nd_335_2025()).unwrap();
    let mut paths = Vec::new();
    leaves(&value, "", &mut paths);
    // The code is the server's; what is unfilled is told by the fields; staff have no d, đ, e.
    let fixed = [
        "code",
        "unfilled",
        "staff_weights.results",
        "staff_weights.organising",
        "staff_weights.unity",
    ];
    for path in &paths {
        let known = field(path).is_some();
        assert_eq!(known, !fixed.contains(&path.as_str()), "{path}");
    }
    for field in FIELDS {
        assert!(paths.contains(&field.path.to_owned()), "{}", field.path);
        assert!(!field.label.is_empty());
        assert_eq!(field.source.is_empty(), field.group == Group::General);
    }
    assert!(FIELDS.is_sorted_by_key(|field| field.group));
}

#[test]
fn write_takes_what_read_gives_for_every_field_of_every_builtin() {
    for code in RuleSet::BUILTIN {
        let set = RuleSet::builtin(code).unwrap();
        for field in FIELDS {
            let mut again = set.clone();
            write(&mut again, field, &read(&set, field)).unwrap();
            assert_eq!(again, set, "{code} {}", field.path);
        }
    }
}

#[test]
fn write_reads_numbers_the_vietnamese_way() {
    assert_eq!(
        changed("staff_weights.quality", "32,5")
            .unwrap()
            .staff_weights
            .quality,
        Decimal::new(325, 1)
    );
    let set = changed("deductions.per_delay", " 12,5 %").unwrap();
    assert_eq!(set.deductions.per_delay, Decimal::new(125, 3));
    assert_eq!(read(&set, field("deductions.per_delay").unwrap()), "12,5");
    let set = changed("petition_lodging_days", "5").unwrap();
    assert_eq!(set.petition_lodging_days, Some(5));
    let mut set = set;
    write(&mut set, field("petition_lodging_days").unwrap(), " ").unwrap();
    assert_eq!(set.petition_lodging_days, None);
    let set = changed("quarter.blocker", "true").unwrap();
    assert!(set.quarter.blocker);
    let set = changed("deductions.progress_steps", "2 | 80\n\n4 | 60,5").unwrap();
    assert_eq!(set.deductions.progress_steps[1].kept, Decimal::new(605, 3));
    let set = changed("leadership.allowed", "100\n75\n50").unwrap();
    assert_eq!(set.leadership.allowed, [100, 75, 50]);
}

#[test]
fn write_refuses_at_the_path_and_changes_nothing() {
    for (path, text) in [
        ("staff_weights.quality", ""),
        ("staff_weights.quality", "nhiều"),
        ("staff_weights.quality", "100,5"),
        ("staff_weights.quality", "-1"),
        ("staff_weights.quality", "1,234"),
        ("deductions.per_delay", "101"),
        ("decimals", "2,5"),
        ("decimals", "5"),
        ("petition_days", "0"),
        ("petition_lodging_days", "366"),
        ("rounding", "up"),
        ("quarter.blocker", "yes"),
        ("name", " "),
        ("criteria", "I.1 | I | Phẩm chất"),
        ("criteria", "I.1 | I | Phẩm chất | năm"),
        ("deductions.quality_steps", "1,5 | 80"),
    ] {
        let refusal = changed(path, text).unwrap_err();
        assert_eq!(refusal.field, path, "{text}");
        assert!(refusal.message.ends_with('.'), "{}", refusal.message);
    }
    let refusal = changed("criteria", "I.1 | I | A | 5\nI.2 | I | B").unwrap_err();
    assert_eq!(refusal.message, "Dòng 2: cần 4 ô, đang có 3.");
}

#[test]
fn write_rows_takes_the_criteria_of_an_agency() {
    let mut set = RuleSet::nd_335_2025();
    let criteria = field("criteria").unwrap();
    let mut rows = read_rows(&set, criteria);
    assert_eq!(rows.len(), 10);
    rows[0][3] = "4".to_owned();
    rows.push(vec![
        "I.3".into(),
        "I".into(),
        "Nêu gương".into(),
        "1".into(),
    ]);
    rows.push(vec![" ".into(); 4]);
    write_rows(&mut set, criteria, &rows).unwrap();
    assert_eq!(set.criteria.len(), 11);
    assert_eq!(set.validate(), Ok(()));
    let differences = differences(&RuleSet::nd_335_2025(), &set);
    assert_eq!(differences.len(), 1);
    assert!(differences[0].before.ends_with("| 5"));
    assert!(differences[0].after.ends_with("I.3 | I | Nêu gương | 1"));
    let name = field("name").unwrap();
    assert_eq!(write_rows(&mut set, name, &rows).unwrap_err().field, "name");
    assert!(read_rows(&set, name).is_empty());
}

#[test]
fn what_is_written_is_filled_in() {
    let mut set = RuleSet::ban_cscl_2025();
    let quantity = field("staff_weights.quantity").unwrap();
    assert_eq!(read(&set, quantity), "");
    write(&mut set, quantity, "").unwrap();
    assert!(set.is_unfilled(quantity.path));
    write(&mut set, quantity, "40").unwrap();
    assert!(!set.is_unfilled(quantity.path));
    for left in set.unfilled.clone() {
        let text = match left.as_str() {
            "unit_criteria" => "1 | KPIs cơ bản | 30",
            _ => "30",
        };
        write(&mut set, field(&left).unwrap(), text).unwrap();
    }
    assert_eq!(set.validate(), Ok(()));
}

#[test]
fn departures_tell_silence_from_the_text_of_the_decree() {
    assert_eq!(departures(&RuleSet::nd_335_2025()), []);
    let mut set = RuleSet::nd_335_2025();
    set.name = "Khác".to_owned();
    set.rounding = Rounding::Truncate;
    set.deductions.shape = DeductionShape::Compound;
    set.year.cap_base = CapBase::AllRated;
    set.staff_weights.quality = Decimal::from(2);
    let found: Vec<(String, bool)> = departures(&set)
        .into_iter()
        .map(|difference| (difference.path, difference.choice))
        .collect();
    let expected = [
        ("staff_weights.quality", false),
        ("deductions.shape", true),
        ("rounding", true),
        ("year.cap_base", false),
    ];
    assert_eq!(
        found,
        expected.map(|(path, choice)| (path.to_owned(), choice))
    );
    set.deductions.shape = DeductionShape::Steps;
    let shape = departures(&set).remove(1);
    assert_eq!((shape.choice, shape.after.as_str()), (false, "theo bậc"));
    assert_eq!(differences(&RuleSet::nd_335_2025(), &set).len(), 5);
}

#[test]
fn differences_are_told_in_words() {
    let frame = RuleSet::ban_cscl_2025();
    let found = departures(&frame);
    assert_eq!(found.len(), frame.unfilled.len());
    assert!(
        found
            .iter()
            .all(|difference| difference.after == "chưa điền (do đơn vị ban hành)")
    );
    let mut set = RuleSet::nd_335_2025();
    set.deductions.per_delay = Decimal::new(5, 2);
    set.retention_years = Some(10);
    let words: Vec<(String, String)> = differences(&RuleSet::nd_335_2025(), &set)
        .into_iter()
        .map(|difference| (difference.before, difference.after))
        .collect();
    let expected = [("25 %", "5 %"), ("không quy định", "10")];
    assert_eq!(words, expected.map(|(b, a)| (b.to_owned(), a.to_owned())));
}
