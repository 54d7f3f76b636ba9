//! What can be printed, who may print it, and where its record is shown.

use kpi::ids::{OfficerId, UnitId};
use kpi::period::Period;
use kpi::permission::Permission;
use uuid::Uuid;

/// A record that can be printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Paper {
    /// Mẫu số 01 of a person's month.
    Sheet(Period, OfficerId),
    /// Why the score of a person's month is what it is.
    Trace(Period, OfficerId),
    /// The summary of a unit's month.
    Unit(Period, UnitId),
    /// Mẫu số 01 of a unit's people as one file; each paper is a [`Paper::Sheet`] on record.
    UnitSheets(Period, UnitId),
    /// Mẫu số 02 of a person's year.
    YearSheet(i32, OfficerId),
    /// The minutes of a meeting.
    Minutes(Uuid),
    /// The notice of a decision.
    Notice(Uuid),
}

impl Paper {
    /// What it takes to see the record, and so to print it.
    pub const fn permission(self) -> Permission {
        match self {
            Self::Sheet(..) | Self::Trace(..) => Permission::ViewMonth,
            Self::Unit(..) | Self::UnitSheets(..) => Permission::ViewUnit,
            Self::Minutes(_) => Permission::TakePart,
            Self::YearSheet(..) | Self::Notice(_) => Permission::ViewRating,
        }
    }

    /// As it is stored.
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Sheet(..) | Self::UnitSheets(..) => "sheet",
            Self::Trace(..) => "trace",
            Self::Unit(..) => "unit",
            Self::YearSheet(..) => "year_sheet",
            Self::Minutes(_) => "minutes",
            Self::Notice(_) => "notice",
        }
    }

    /// What it is, in words.
    pub fn label(self) -> String {
        let month = |period: Period| period.label().to_lowercase();
        match self {
            Self::Sheet(period, _) => {
                format!("Phiếu theo dõi, đánh giá (Mẫu số 01), {}", month(period))
            }
            Self::Trace(period, _) => format!("Vì sao điểm này, {}", month(period)),
            Self::Unit(period, _) => format!("Bảng tổng hợp của đơn vị, {}", month(period)),
            Self::UnitSheets(period, _) => format!("Phiếu của cả đơn vị, {}", month(period)),
            Self::YearSheet(year, _) => {
                format!("Phiếu xếp loại chất lượng (Mẫu số 02), năm {year}")
            }
            Self::Minutes(_) => "Biên bản họp".to_owned(),
            Self::Notice(_) => "Thông báo kết quả xếp loại".to_owned(),
        }
    }

    /// The page of the record.
    pub fn record(self) -> String {
        match self {
            Self::Sheet(period, officer) => format!("/sheet/{}?period={period}", officer.0),
            Self::Trace(period, officer) => format!("/why/{}?period={period}", officer.0),
            Self::Unit(period, unit) | Self::UnitSheets(period, unit) => {
                format!("/unit?unit={}&period={period}", unit.0)
            }
            Self::YearSheet(year, officer) => format!("/rating/{}?year={year}", officer.0),
            Self::Minutes(_) => "/meeting".to_owned(),
            Self::Notice(_) => "/rating".to_owned(),
        }
    }

    /// Name of the file, without its ending: ASCII.
    pub fn file_name(self) -> String {
        match self {
            Self::Sheet(period, _) => format!("mau-so-01-{period}"),
            Self::Trace(period, _) => format!("vi-sao-{period}"),
            Self::Unit(period, _) => format!("bang-tong-hop-{period}"),
            Self::UnitSheets(period, _) => format!("mau-so-01-don-vi-{period}"),
            Self::YearSheet(year, _) => format!("mau-so-02-{year}"),
            Self::Minutes(_) => "bien-ban".to_owned(),
            Self::Notice(_) => "thong-bao".to_owned(),
        }
    }

    /// The person, if it is about one.
    pub const fn officer(self) -> Option<Uuid> {
        match self {
            Self::Sheet(_, officer) | Self::Trace(_, officer) | Self::YearSheet(_, officer) => {
                Some(officer.0)
            }
            _ => None,
        }
    }

    /// The unit, if it is about one.
    pub const fn unit(self) -> Option<Uuid> {
        match self {
            Self::Unit(_, unit) | Self::UnitSheets(_, unit) => Some(unit.0),
            _ => None,
        }
    }

    /// The month, if it is about one.
    pub const fn period(self) -> Option<Period> {
        match self {
            Self::Sheet(period, _)
            | Self::Trace(period, _)
            | Self::Unit(period, _)
            | Self::UnitSheets(period, _) => Some(period),
            _ => None,
        }
    }

    /// The year, if it is about one.
    pub const fn year(self) -> Option<i32> {
        match self {
            Self::YearSheet(year, _) => Some(year),
            _ => None,
        }
    }

    /// The record, if it has an id of its own.
    pub const fn id(self) -> Option<Uuid> {
        match self {
            Self::Minutes(id) | Self::Notice(id) => Some(id),
            _ => None,
        }
    }
}
