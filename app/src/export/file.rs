//! The files: one schema (SCHEMA.md) as CSV and as JSON.

use chrono::NaiveDate;
use kpi::level::Level;
use rust_decimal::Decimal;
use serde_json::{Map, Value};

use crate::format::csv_row;

/// Name and version of the schema.
pub const SCHEMA: &str = "congtam-result/1";

/// One person's result.
pub struct ResultRow {
    /// The agency's number of the person.
    pub officer_code: String,
    /// Full name.
    pub full_name: String,
    /// Unit at that time.
    pub unit_code: String,
    /// Its name.
    pub unit_name: String,
    /// Post at that time.
    pub title: String,
    /// Published score.
    pub score: Option<Decimal>,
    /// Level.
    pub level: Option<Level>,
    /// Rules of a month.
    pub rule_set: Option<String>,
    /// Number of the signed version.
    pub version: i32,
    /// Who confirmed or decided.
    pub authority: Option<String>,
    /// Number of the decision of a year.
    pub decision_number: Option<String>,
    /// Its day.
    pub decision_date: Option<NaiveDate>,
    /// Number of the decision that it replaces.
    pub replaces_decision: Option<String>,
    /// Day of the confirmation or publication.
    pub result_date: NaiveDate,
}

/// What a file is about.
pub struct About<'a> {
    /// Code of the agency.
    pub agency_code: &'a str,
    /// Its name.
    pub agency_name: &'a str,
    /// "month" or "year".
    pub kind: &'a str,
    /// "2026-11" or "2026".
    pub subject: &'a str,
}

impl ResultRow {
    /// Names and values in the order of the schema.
    fn values(&self, about: &About<'_>) -> Vec<(&'static str, Option<String>)> {
        let some = |text: &str| Some(text.to_owned());
        vec![
            ("schema", some(SCHEMA)),
            ("agency_code", some(about.agency_code)),
            ("kind", some(about.kind)),
            ("subject", some(about.subject)),
            ("officer_code", some(&self.officer_code)),
            ("full_name", some(&self.full_name)),
            ("unit_code", some(&self.unit_code)),
            ("unit_name", some(&self.unit_name)),
            ("title", some(&self.title)),
            ("score", self.score.map(|score| format!("{score:.2}"))),
            ("level", self.level.map(|level| level.as_str().to_owned())),
            (
                "level_name",
                self.level.map(|level| level.label().to_owned()),
            ),
            ("rule_set", self.rule_set.clone()),
            ("version", Some(self.version.to_string())),
            ("authority", self.authority.clone()),
            ("decision_number", self.decision_number.clone()),
            (
                "decision_date",
                self.decision_date.map(|day| day.to_string()),
            ),
            ("replaces_decision", self.replaces_decision.clone()),
            ("result_date", Some(self.result_date.to_string())),
        ]
    }
}

/// The results as CSV.
pub fn csv(about: &About<'_>, rows: &[ResultRow]) -> String {
    let mut text = String::from('\u{feff}');
    for row in rows {
        let values = row.values(about);
        if text.len() == '\u{feff}'.len_utf8() {
            let names: Vec<&str> = values.iter().map(|(name, _)| *name).collect();
            text += &csv_row(&names);
        }
        let cells: Vec<&str> = values
            .iter()
            .map(|(_, value)| value.as_deref().unwrap_or_default())
            .collect();
        text += &csv_row(&cells);
    }
    text
}

/// The results as JSON; a version is a number there, all else text.
pub fn json(about: &About<'_>, rows: &[ResultRow]) -> String {
    let results: Vec<Value> = rows
        .iter()
        .map(|row| {
            let mut object: Map<String, Value> = row
                .values(about)
                .into_iter()
                .map(|(name, value)| (name.to_owned(), Value::from(value)))
                .collect();
            object.insert("version".to_owned(), row.version.into());
            Value::Object(object)
        })
        .collect();
    serde_json::json!({
        "schema": SCHEMA,
        "agency_code": about.agency_code,
        "agency_name": about.agency_name,
        "kind": about.kind,
        "subject": about.subject,
        "results": results,
    })
    .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row() -> ResultRow {
        ResultRow {
            officer_code: "CB-1".to_owned(),
            full_name: "=Lê \"An\"".to_owned(),
            unit_code: "VP".to_owned(),
            unit_name: "Văn phòng".to_owned(),
            title: "Chuyên viên".to_owned(),
            score: Some(Decimal::new(905, 1)),
            level: Some(Level::Excellent),
            rule_set: None,
            version: 2,
            authority: Some("Trần Bình".to_owned()),
            decision_number: Some("12/QĐ".to_owned()),
            decision_date: NaiveDate::from_ymd_opt(2026, 12, 10),
            replaces_decision: Some("9/QĐ".to_owned()),
            result_date: NaiveDate::from_ymd_opt(2026, 12, 11).unwrap(),
        }
    }

    const ABOUT: About<'_> = About {
        agency_code: "BCS",
        agency_name: "Ban",
        kind: "year",
        subject: "2026",
    };

    #[test]
    fn both_files_have_the_fields_of_the_documented_schema_in_its_order() {
        let documented: Vec<&str> = include_str!("SCHEMA.md")
            .lines()
            .filter_map(|line| line.strip_prefix("| `"))
            .flat_map(|line| line.split(" | ").next().unwrap().split(", "))
            .map(|name| name.trim_matches('`'))
            .collect();
        let csv = csv(&ABOUT, &[row()]);
        let heading = csv.trim_start_matches('\u{feff}').lines().next().unwrap();
        let names: Vec<&str> = heading
            .split(',')
            .map(|name| name.trim_matches('"'))
            .collect();
        assert_eq!(names, documented);
        let json: Value = serde_json::from_str(&json(&ABOUT, &[row()])).unwrap();
        let result = json["results"][0].as_object().unwrap();
        assert_eq!(result.len(), documented.len());
        assert!(documented.iter().all(|name| result.contains_key(*name)));
    }

    #[test]
    fn the_two_files_say_the_same() {
        let csv = csv(&ABOUT, &[row()]);
        assert!(csv.contains("\"'=Lê \"\"An\"\"\",\"VP\""), "{csv}");
        assert!(
            csv.contains("\"90.50\",\"excellent\",\"Hoàn thành xuất sắc nhiệm vụ\",\"\",\"2\""),
            "{csv}"
        );
        let json: Value = serde_json::from_str(&json(&ABOUT, &[row()])).unwrap();
        let result = &json["results"][0];
        assert_eq!(result["full_name"], "=Lê \"An\"");
        assert_eq!(
            (&result["score"], &result["version"]),
            (&"90.50".into(), &2.into())
        );
        assert_eq!(
            (&result["rule_set"], &result["replaces_decision"]),
            (&Value::Null, &"9/QĐ".into())
        );
        assert_eq!(result["result_date"], "2026-12-11");
    }
}
