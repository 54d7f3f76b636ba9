//! `agreement make FILE` writes 100,000 random cases of the rules, `agreement judge FILE` prints one number for what the
//! rules make of them. Judged on the server's side and in WASM it must be the same: `cargo xtask test` compares the two.

#![expect(clippy::print_stdout, reason = "a command line speaks to its user")]
#![expect(clippy::unwrap_used, reason = "a check fails by panicking")]

use std::fs::File;
use std::hash::{DefaultHasher, Hasher};
use std::io::{BufRead, BufReader, BufWriter, Write};

use kpi::rating::YearInput;
use kpi::rule_set::{DeductionShape, FaultBase, Rounding, RuleSet};
use kpi::scoring::PeriodInput;
use kpi::unit::UnitInput;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde::{Deserialize, Serialize};

#[path = "../tests/cases/period.rs"]
mod period;
#[path = "../tests/cases/unit.rs"]
mod unit;
#[path = "../tests/cases/year.rs"]
mod year;

/// Random months, years and organisations.
const CASES: [u32; 3] = [90_000, 5_000, 5_000];

#[derive(Debug, Serialize, Deserialize)]
enum Case {
    Month(PeriodInput),
    Year(YearInput),
    Unit(UnitInput),
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.as_slice() {
        [verb, file] if verb == "make" => make(file),
        [verb, file] if verb == "judge" => println!("{:016x}", judge(file)),
        _ => println!("agreement make FILE | agreement judge FILE"),
    }
}

/// The same cases at each run, one a line.
fn make(file: &str) {
    let mut file = BufWriter::new(File::create(file).unwrap());
    let [months, years, units] = CASES;
    write(&mut file, months, period::input().prop_map(Case::Month));
    write(&mut file, years, year::year().prop_map(Case::Year));
    write(&mut file, units, unit::unit().prop_map(Case::Unit));
    file.flush().unwrap();
}

fn write(file: &mut impl Write, count: u32, cases: impl Strategy<Value = Case>) {
    let mut runner = TestRunner::deterministic();
    for _ in 0..count {
        let case = cases.new_tree(&mut runner).unwrap().current();
        serde_json::to_writer(&mut *file, &case).unwrap();
        file.write_all(b"\n").unwrap();
    }
}

fn judge(file: &str) -> u64 {
    let (rules, other) = (RuleSet::nd_335_2025(), other_choices());
    let mut digest = DefaultHasher::new();
    for line in BufReader::new(File::open(file).unwrap()).lines() {
        let outcome = match serde_json::from_str(&line.unwrap()).unwrap() {
            Case::Month(input) => format!(
                "{:?} {:?}",
                kpi::scoring::score(&rules, &input),
                kpi::scoring::score(&other, &input)
            ),
            Case::Year(input) => format!("{:?}", kpi::rating::rate(&rules, &input)),
            Case::Unit(input) => format!("{:?}", kpi::unit::assess(&rules, &input)),
        };
        digest.write(outcome.as_bytes());
    }
    digest.finish()
}

/// The choices with an arithmetic of their own.
fn other_choices() -> RuleSet {
    let mut rules = RuleSet::nd_335_2025();
    rules.deductions.shape = DeductionShape::Compound;
    rules.fault_base = FaultBase::Completed;
    rules.rounding = Rounding::Exact;
    rules.position.head = rust_decimal::Decimal::new(18, 1);
    rules
}
