//! Units of a people workbook beside those that are stored: found by code, then by name; new ones get their place in the tree.

use std::collections::HashMap;

use kpi::ids::UnitId;
use uuid::Uuid;

use super::api::{Change, UnitPlan};
use super::people_plan::{Acts, StoredUnit, letter};
use super::preview::{PeopleColumn, PeoplePreview, Problem, ProblemKind, Severity, UnitRow};
use super::words::fold;
use crate::org::write::{NewUnit, unit_path};

/// Units by code and by name, those of the workbook included once they are planned.
pub(super) struct Units {
    by_code: HashMap<String, UnitId>,
    by_name: HashMap<String, UnitId>,
    known: HashMap<UnitId, StoredUnit>,
}

impl Units {
    pub fn new(stored: &[StoredUnit]) -> Self {
        let mut units = Self {
            by_code: HashMap::new(),
            by_name: HashMap::new(),
            known: HashMap::new(),
        };
        for unit in stored {
            units.add(unit.clone());
        }
        units
    }

    fn add(&mut self, unit: StoredUnit) {
        self.by_code.insert(fold(&unit.code), unit.unit);
        self.by_name.entry(fold(&unit.name)).or_insert(unit.unit);
        self.known.insert(unit.unit, unit);
    }

    /// A unit by its code, else by its name.
    pub fn find(&self, typed: &str) -> Option<UnitId> {
        let folded = fold(typed);
        self.by_code
            .get(&folded)
            .or_else(|| self.by_name.get(&folded))
            .copied()
    }

    /// The name of a unit.
    pub fn name(&self, unit: UnitId) -> String {
        self.known
            .get(&unit)
            .map(|unit| unit.name.clone())
            .unwrap_or_default()
    }

    fn by_code(&self, code: &str) -> Option<&StoredUnit> {
        self.known.get(self.by_code.get(&fold(code))?)
    }
}

/// Plans the units of a workbook: missing ones are added below the unit they name, others may get a new name. Moving a
/// unit would move its people's past with it, so that is refused.
pub(super) fn plan_units(
    preview: &PeoplePreview,
    units: &mut Units,
    acts: &mut Acts,
    problems: &mut Vec<Problem>,
) -> Vec<UnitPlan> {
    let mut plans: Vec<UnitPlan> = Vec::with_capacity(preview.units.len());
    let mut waiting: Vec<(usize, &UnitRow)> = Vec::new();
    for (at, row) in preview.units.iter().enumerate() {
        let stored = units.by_code(&row.code).cloned();
        let (change, words) = match &stored {
            Some(stored) => known_unit(preview, row, stored, units, acts, problems),
            None => {
                waiting.push((at, row));
                (Change::New, Vec::new())
            }
        };
        plans.push(UnitPlan {
            sheet: row.sheet.clone(),
            row: row.row,
            code: row.code.clone(),
            name: row.name.clone(),
            parent: row.parent.clone().unwrap_or_default(),
            change,
            words,
        });
    }
    // Each round places those whose unit above is placed; a round without success leaves those that have none.
    while !waiting.is_empty() {
        let before = waiting.len();
        waiting.retain(|(at, row)| !place(preview, *at, row, units, acts, problems));
        if waiting.len() == before {
            for (_, row) in waiting.drain(..) {
                let reason = format!(
                    "Đơn vị cấp trên «{}» của «{}» không có trong hệ thống và không có trong tệp.",
                    row.parent.as_deref().unwrap_or_default(),
                    row.code
                );
                problems.push(problem(
                    preview,
                    row,
                    PeopleColumn::Parent,
                    ProblemKind::UnknownWord,
                    reason,
                ));
            }
        }
    }
    plans
}

fn problem(
    preview: &PeoplePreview,
    row: &UnitRow,
    column: PeopleColumn,
    kind: ProblemKind,
    reason: String,
) -> Problem {
    Problem {
        sheet: row.sheet.clone(),
        row: Some(row.row),
        column: letter(preview, &row.sheet, column),
        kind,
        reason,
        severity: Severity::Error,
    }
}

fn known_unit(
    preview: &PeoplePreview,
    row: &UnitRow,
    stored: &StoredUnit,
    units: &Units,
    acts: &mut Acts,
    problems: &mut Vec<Problem>,
) -> (Change, Vec<String>) {
    if let Some(parent) = row.parent.as_deref()
        && units.find(parent) != stored.parent
    {
        let above = stored
            .parent
            .map_or_else(|| "không có cấp trên".to_owned(), |above| units.name(above));
        let reason = format!(
            "Đơn vị «{}» đang trực thuộc «{above}»; nhập danh sách không chuyển đơn vị sang «{parent}».",
            row.code
        );
        problems.push(problem(
            preview,
            row,
            PeopleColumn::Parent,
            ProblemKind::UnknownWord,
            reason,
        ));
    }
    if stored.name == row.name {
        return (Change::Same, Vec::new());
    }
    acts.renamed.push((stored.unit, row.name.clone()));
    (
        Change::Changed,
        vec![format!("tên: {} → {}", stored.name, row.name)],
    )
}

/// Adds a new unit if its unit above is known; false when it has to wait.
fn place(
    preview: &PeoplePreview,
    at: usize,
    row: &UnitRow,
    units: &mut Units,
    acts: &mut Acts,
    problems: &mut Vec<Problem>,
) -> bool {
    let parent = match row.parent.as_deref() {
        None => None,
        Some(typed) => {
            let Some(parent) = units.find(typed) else {
                return false;
            };
            Some(parent)
        }
    };
    let is_plain = row
        .code
        .chars()
        .all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '_' | '-'));
    if !is_plain {
        let reason = format!(
            "Mã đơn vị «{}» chỉ được gồm chữ không dấu, số và các dấu . _ -",
            row.code
        );
        problems.push(problem(
            preview,
            row,
            PeopleColumn::Code,
            ProblemKind::ValueUnreadable,
            reason,
        ));
    }
    if let Some(twin) = units
        .by_name
        .get(&fold(&row.name))
        .and_then(|twin| units.known.get(twin))
    {
        let reason = format!("Tên «{}» đã là tên của đơn vị mã {}.", row.name, twin.code);
        problems.push(Problem {
            severity: Severity::Notice,
            ..problem(
                preview,
                row,
                PeopleColumn::Code,
                ProblemKind::Duplicate,
                reason,
            )
        });
    }
    let above = parent
        .and_then(|parent| units.known.get(&parent))
        .map(|parent| parent.path.clone());
    let unit = UnitId(Uuid::now_v7());
    let path = unit_path(above.as_deref(), &row.code);
    acts.units.push(NewUnit {
        unit,
        parent,
        path: path.clone(),
        code: row.code.clone(),
        name: row.name.clone(),
        ordinal: i32::try_from(at).unwrap_or(i32::MAX),
    });
    units.add(StoredUnit {
        unit,
        code: row.code.clone(),
        name: row.name.clone(),
        path,
        parent,
    });
    true
}
