//! Screens of the month: score card, table of work, one assignment with its history.

mod assignment;
mod deliver;
mod deliverable;
mod evidence;
mod month;
mod refusal;
mod score_card;
mod work_row;

pub use assignment::AssignmentPage;
pub use month::MonthWork;
