//! Judges people and units that were read, as far as the workbook alone can tell, and makes their digest.
//! Apart from reading them: these rules look at all rows together.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;

use super::cells::short;
use super::digest::hash;
use super::headings::Column;
use super::people_sheet::Gathered;
use super::preview::{PostRole, ProblemKind, Severity};
use super::words::fold;

/// Duplicates, unknown units above, and circles; names of units above become codes.
pub(super) fn judge_units(gathered: &mut Gathered) {
    let units = std::mem::take(&mut gathered.units);
    let mut by_code: HashMap<String, (usize, u32)> = HashMap::new();
    let mut by_name: HashMap<String, usize> = HashMap::new();
    for (at, unit) in units.iter().enumerate() {
        if let Some((_, first)) = by_code.get(&fold(&unit.code)) {
            let reason = format!("Mã đơn vị «{}» đã có ở dòng {first}.", unit.code);
            gathered.blame(
                (&unit.sheet, unit.row),
                Column::Code,
                ProblemKind::Duplicate,
                Severity::Error,
                reason,
            );
        } else {
            by_code.insert(fold(&unit.code), (at, unit.row));
        }
        by_name.entry(fold(&unit.name)).or_insert(at);
    }
    let find = |typed: &str| {
        by_code
            .get(&fold(typed))
            .map(|(at, _)| *at)
            .or_else(|| by_name.get(&fold(typed)).copied())
    };
    let above: Vec<Option<usize>> = units
        .iter()
        .map(|unit| unit.parent.as_deref().and_then(find))
        .collect();
    for (at, unit) in units.iter().enumerate() {
        if let Some(parent) = unit
            .parent
            .as_deref()
            .filter(|_| above.get(at).copied().flatten().is_none())
        {
            let reason = format!(
                "Đơn vị cấp trên «{}» không có trong trang này; phải có sẵn trong hệ thống.",
                short(parent)
            );
            gathered.blame(
                (&unit.sheet, unit.row),
                Column::Parent,
                ProblemKind::UnknownWord,
                Severity::Notice,
                reason,
            );
        }
    }
    for at in on_cycles(&above) {
        if let Some(unit) = units.get(at) {
            let reason = format!(
                "Đơn vị «{}» nằm trong vòng lặp cấp trên – cấp dưới.",
                unit.code
            );
            gathered.blame(
                (&unit.sheet, unit.row),
                Column::Parent,
                ProblemKind::UnitCycle,
                Severity::Error,
                reason,
            );
        }
    }
    let codes: Vec<Option<String>> = above
        .iter()
        .map(|parent| {
            parent
                .and_then(|at| units.get(at))
                .map(|unit| unit.code.clone())
        })
        .collect();
    gathered.units = units;
    for (unit, code) in gathered.units.iter_mut().zip(codes) {
        unit.parent = code.or_else(|| unit.parent.take());
    }
}

/// Places on a cycle of "above", each visited once.
fn on_cycles(above: &[Option<usize>]) -> Vec<usize> {
    let mut visited_in = vec![0_usize; above.len()];
    let mut cycles = Vec::new();
    for start in 0..above.len() {
        let walk = start + 1;
        let mut at = Some(start);
        while let Some(here) = at {
            match visited_in.get_mut(here) {
                Some(mark) if *mark == 0 => *mark = walk,
                Some(mark) if *mark == walk => {
                    let mut next = here;
                    loop {
                        cycles.push(next);
                        next = above.get(next).copied().flatten().unwrap_or(here);
                        if next == here {
                            break;
                        }
                    }
                    break;
                }
                _ => break,
            }
            at = above.get(here).copied().flatten();
        }
    }
    cycles.sort_unstable();
    cycles
}

/// Duplicates, unknown units and second heads (one head a unit, Art. 15); names of units become codes.
pub(super) fn judge_people(gathered: &mut Gathered) {
    let mut units: HashMap<String, String> = gathered
        .units
        .iter()
        .map(|unit| (fold(&unit.name), unit.code.clone()))
        .collect();
    units.extend(
        gathered
            .units
            .iter()
            .map(|unit| (fold(&unit.code), unit.code.clone())),
    );
    let mut people = std::mem::take(&mut gathered.people);
    let mut codes: HashMap<String, u32> = HashMap::new();
    let mut accounts: HashMap<String, u32> = HashMap::new();
    let mut heads: HashMap<String, (u32, String)> = HashMap::new();
    let mut unknown: HashSet<String> = HashSet::new();
    for person in &mut people {
        let place = (person.sheet.as_str(), person.row);
        if let Some(first) = codes.get(&fold(&person.officer_code)) {
            let reason = format!("Mã cán bộ «{}» đã có ở dòng {first}.", person.officer_code);
            gathered.blame(
                place,
                Column::Code,
                ProblemKind::Duplicate,
                Severity::Error,
                reason,
            );
        } else {
            codes.insert(fold(&person.officer_code), person.row);
        }
        if let Some(account) = &person.account {
            if let Some(first) = accounts.get(account) {
                let reason = format!("Tài khoản «{account}» đã có ở dòng {first}.");
                gathered.blame(
                    place,
                    Column::Account,
                    ProblemKind::Duplicate,
                    Severity::Error,
                    reason,
                );
            } else {
                accounts.insert(account.clone(), person.row);
            }
        }
        if let Some(code) = units.get(&fold(&person.unit)) {
            person.unit.clone_from(code);
        } else if !units.is_empty() && unknown.insert(fold(&person.unit)) {
            let reason = format!(
                "Đơn vị «{}» không có trong trang đơn vị; phải có sẵn trong hệ thống.",
                short(&person.unit)
            );
            gathered.blame(
                place,
                Column::Unit,
                ProblemKind::UnknownWord,
                Severity::Notice,
                reason,
            );
        }
        if person.role == PostRole::Head {
            if let Some((first, name)) = heads.get(&fold(&person.unit)) {
                let reason = format!(
                    "Đơn vị «{}» đã có người đứng đầu là «{name}» ở dòng {first}.",
                    short(&person.unit)
                );
                gathered.blame(
                    place,
                    Column::Role,
                    ProblemKind::SecondHead,
                    Severity::Error,
                    reason,
                );
            } else {
                heads.insert(fold(&person.unit), (person.row, person.full_name.clone()));
            }
        }
    }
    gathered.people = people;
}

/// SHA-256 over units and people in the order of their codes.
pub(super) fn digest(gathered: &Gathered) -> String {
    let day = |date: Option<NaiveDate>| date.map(|date| date.to_string()).unwrap_or_default();
    let units: BTreeMap<&str, Vec<String>> = gathered
        .units
        .iter()
        .map(|unit| {
            (
                unit.code.as_str(),
                vec![
                    "unit".to_owned(),
                    unit.code.clone(),
                    unit.name.clone(),
                    unit.parent.clone().unwrap_or_default(),
                ],
            )
        })
        .collect();
    let mut people: Vec<Vec<String>> = gathered
        .people
        .iter()
        .map(|person| {
            vec![
                person.officer_code.clone(),
                person.full_name.clone(),
                day(person.birth_date),
                person.unit.clone(),
                person.post_title.clone().unwrap_or_default(),
                person.role.label().to_owned(),
                person.similar_group.clone().unwrap_or_default(),
                person.account.clone().unwrap_or_default(),
                day(person.from),
            ]
        })
        .collect();
    people.sort();
    hash(&units.into_values().chain(people).collect::<Vec<_>>())
}
