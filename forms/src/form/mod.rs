//! One file a form: its input, its official wording, and its layout in blocks.

pub mod minutes;
pub mod month_sheet;
pub mod notice;
pub mod trace;
pub mod unit_summary;
pub mod year_sheet;
