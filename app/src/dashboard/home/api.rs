//! The one server function of the first page, and what it sends.

use chrono::NaiveDate;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use serde::{Deserialize, Serialize};

use crate::error::AppError;

/// As whom something waits for the visitor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Part {
    /// His own work and sheet.
    Own,
    /// Those who answer to him.
    Head,
    /// The agency.
    Leader,
    /// The personnel office.
    Personnel,
    /// Accounts.
    Administrator,
}

impl Part {
    /// The heading over its lines.
    pub fn label(self) -> &'static str {
        match self {
            Self::Own => "Việc và phiếu của tôi",
            Self::Head => "Người tôi phụ trách",
            Self::Leader => "Cơ quan",
            Self::Personnel => "Tổ chức cán bộ",
            Self::Administrator => "Quản trị",
        }
    }
}

/// One thing that waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// As whom.
    pub part: Part,
    /// What, as words after the count ("sản phẩm chờ duyệt").
    pub what: String,
    /// How many.
    pub count: i64,
    /// By when; none where there is no date.
    pub day: Option<NaiveDate>,
    /// The date has passed.
    pub late: bool,
    /// Where it is done.
    pub link: String,
}

/// What waits for the visitor now, each part in its own order; at most a few lines a part.
#[server(name = LoadHome, prefix = "/api", endpoint = "dashboard/home", input = GetUrl)]
pub async fn load_home() -> Result<Vec<Line>, AppError> {
    let access = crate::auth::require(kpi::permission::Permission::SignedIn)?;
    let state = crate::state::app_state()?;
    super::store::lines(&state.pool, &access, state.clock.today()).await
}
