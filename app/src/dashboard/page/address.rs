//! Addresses of the comparison: what is shown stands in the address, so that it can be sent and printed.

use kpi::period::Period;
use uuid::Uuid;

use crate::dashboard::api::Comparison;
use crate::dashboard::figures::Measure;

/// An address of `/compare`.
#[derive(Clone, Copy, Debug)]
pub struct Address {
    period: Period,
    measure: Measure,
    is_table: bool,
    page: usize,
}

impl Address {
    /// The first page of a comparison's chart.
    pub fn of(data: &Comparison) -> Self {
        Self {
            period: data.period,
            measure: data.measure,
            is_table: false,
            page: 1,
        }
    }

    /// The same of another month.
    pub fn period(self, period: Period) -> Self {
        Self { period, ..self }
    }

    /// The same by another measure.
    pub fn measure(self, measure: Measure) -> Self {
        Self { measure, ..self }
    }

    /// The same as a table or as a chart.
    pub fn view(self, is_table: bool) -> Self {
        Self { is_table, ..self }
    }

    /// Another page of the chart, from 1.
    pub fn page(self, page: usize) -> Self {
        Self { page, ..self }
    }

    /// The address as text; what is the default is left out.
    pub fn text(self) -> String {
        let mut text = format!("/compare?period={}", self.period);
        if self.measure != Measure::Score {
            text.push_str("&by=");
            text.push_str(self.measure.code());
        }
        if self.is_table {
            text.push_str("&view=table");
        }
        if self.page > 1 {
            text.push_str(&format!("&page={}", self.page));
        }
        text
    }
}

/// Where a unit's work is seen: its page, or for those who may not open it its own chart further down.
pub fn detail(unit: Uuid, period: Period, reachable: bool) -> String {
    if reachable {
        format!("/unit?unit={unit}&period={period}")
    } else {
        format!("#{}", anchor(unit))
    }
}

/// Id of a unit's chart of twelve months.
pub fn anchor(unit: Uuid) -> String {
    format!("unit-{}", unit.simple())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_what_is_not_the_default() {
        let period: Period = "2026-11".parse().unwrap();
        let address = Address {
            period,
            measure: Measure::Score,
            is_table: false,
            page: 1,
        };
        assert_eq!(address.text(), "/compare?period=2026-11");
        assert_eq!(
            address.measure(Measure::Progress).view(true).page(2).text(),
            "/compare?period=2026-11&by=progress&view=table&page=2"
        );
        assert!(detail(Uuid::nil(), period, false).starts_with('#'));
    }
}
