//! SQL of the KPI of units. Every query names the agency first.

mod people;
mod read;
mod tasks;
mod write;

pub use people::{holds_post_below, owners};
pub use read::{
    BasicRow, IndicatorRow, ReportRow, UnitRow, Whose, YearRow, basic, indicators, level_of_units,
    reports, units, waiting_below, years,
};
pub use tasks::{UnitTasks, tasks};
pub use write::{
    HeldIndicator, NewIndicator, NewReport, Recognition, add_indicator, add_report,
    change_indicator, clear_level, hold_indicator, hold_year, put_basic, put_facts, recognise,
    remove_indicator, reports_of, weights,
};
