//! What an authority signs (Điều 10; Điều 21 khoản 1 điểm b, d; Điều 22).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{code::code_enum, ids::OfficerId, period::Period};

code_enum! {
    /// Kind of what is signed.
    pub enum Kind {
        /// The confirmation of a period sheet (Điều 17 khoản 2, 3).
        Sheet = "sheet", "Xác nhận phiếu theo dõi, đánh giá";
        /// The announcement of a unit's or agency's month (Điều 17 khoản 3).
        MonthAnnouncement = "month_announcement", "Thông báo kết quả tháng";
        /// The decision about a year's level (Điều 21).
        YearDecision = "year_decision", "Quyết định xếp loại chất lượng năm";
        /// The minutes of a meeting (Điều 21 khoản 1 điểm b).
        Minutes = "minutes", "Biên bản cuộc họp";
        /// The reply to a petition (Điều 22).
        PetitionReply = "petition_reply", "Trả lời kiến nghị";
    }
}

/// What one signature stands under: the kind, and whatever of person, time and record names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// Its kind.
    pub kind: Kind,
    /// The person concerned, who may never be the signer.
    pub officer: Option<OfficerId>,
    /// The month.
    pub period: Option<Period>,
    /// The year, 2000 to 2999.
    pub year: Option<i32>,
    /// The record, where it has an id of its own.
    pub record: Option<Uuid>,
    /// The version of what is signed, from 1.
    pub version: i32,
}

impl Subject {
    /// The confirmation of a person's month (Điều 17 khoản 3).
    #[must_use]
    pub const fn sheet(officer: OfficerId, period: Period, version: i32) -> Self {
        Self {
            kind: Kind::Sheet,
            officer: Some(officer),
            period: Some(period),
            year: None,
            record: None,
            version,
        }
    }

    /// A record with an id, with the person it is about, if it is about one.
    #[must_use]
    pub const fn record(kind: Kind, record: Uuid, officer: Option<OfficerId>) -> Self {
        Self {
            kind,
            officer,
            period: None,
            year: None,
            record: Some(record),
            version: 1,
        }
    }

    /// The same, of a year.
    #[must_use]
    pub const fn in_year(mut self, year: i32) -> Self {
        self.year = Some(year);
        self
    }

    /// The same, of a month.
    #[must_use]
    pub const fn in_period(mut self, period: Period) -> Self {
        self.period = Some(period);
        self
    }

    /// First day of its month, as the database stores it.
    #[must_use]
    pub fn first_day(&self) -> Option<NaiveDate> {
        self.period.map(Period::first_day)
    }
}
