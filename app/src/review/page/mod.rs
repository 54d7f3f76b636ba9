//! Pages of reviews.

mod autosave;
mod concluded;
mod conclusion;
mod criteria;
mod decisions;
mod draft;
mod month;
mod review;
mod review_parts;
mod self_assessment;
mod sheet;
mod unit;
mod unit_people;

pub use month::MonthPage;
pub use review::ReviewPage;
pub use self_assessment::SelfAssessment;
pub use sheet::SheetPage;
pub use unit::UnitPage;

use super::wire::SheetView;

/// The address that lays a month beside its self-assessment ("self"), another month, or nothing ("").
fn why_link(sheet: &SheetView) -> impl Fn(&str) -> String + use<> {
    let (officer, period) = (sheet.officer, sheet.period);
    move |with| match with {
        "" => format!("/why/{officer}?period={period}"),
        with => format!("/why/{officer}?period={period}&with={with}"),
    }
}
