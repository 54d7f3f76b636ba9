//! The KPI of a unit and year (Điều 6–8 NĐ 335/2025/NĐ-CP): indicators of its function, points of the common criteria,
//! the conditions counted from its own work, and the level that the authority recognises (Điều 5).

mod api;
mod page;
#[cfg(feature = "ssr")]
pub mod steps;
#[cfg(feature = "ssr")]
pub mod store;
mod wire;

pub use page::{OwnIndicatorsPage, UnitKpiPage};
pub use wire::{
    BasicView, Condition, Facts, Gap, IndicatorView, Lag, OwnIndicators, Recognised, ReportView,
    Shown, Standing, UnitKpi, UnitLine, UnitList,
};
