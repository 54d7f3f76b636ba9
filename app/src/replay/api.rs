//! Server functions of computing again, and the types on the wire.

use kpi::level::Level;
use kpi::period::Period;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::error::AppError;

/// In what a stored score differs from what follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Differs {
    /// Its current score.
    Score,
    /// Its level.
    Level,
    /// Sums and counts behind the score.
    Sums,
    /// The confirmed total.
    Confirmed,
    /// The officer's own total.
    Own,
    /// The input stored at the confirmation is not what the rows say, or cannot be computed.
    Input,
    /// A coefficient is not that of the catalogue version.
    Coefficient,
    /// The rule set is not known.
    RuleSet,
}

impl Differs {
    /// Every case.
    pub const ALL: [Self; 8] = [
        Self::Score,
        Self::Level,
        Self::Sums,
        Self::Confirmed,
        Self::Own,
        Self::Input,
        Self::Coefficient,
        Self::RuleSet,
    ];

    /// As it is stored.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Score => "score",
            Self::Level => "level",
            Self::Sums => "sums",
            Self::Confirmed => "confirmed",
            Self::Own => "own",
            Self::Input => "input",
            Self::Coefficient => "coefficient",
            Self::RuleSet => "rule_set",
        }
    }

    /// In words.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Score => "điểm hiện tại",
            Self::Level => "mức xếp loại",
            Self::Sums => "khối lượng quy đổi",
            Self::Confirmed => "điểm đã xác nhận",
            Self::Own => "điểm tự đánh giá",
            Self::Input => "dữ liệu đầu vào",
            Self::Coefficient => "hệ số quy đổi",
            Self::RuleSet => "bộ quy tắc",
        }
    }

    /// As it is read.
    pub fn of(code: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|differs| differs.as_str() == code)
    }
}

/// A run over stored scores.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunView {
    /// First month.
    pub from: Period,
    /// Last month.
    pub until: Period,
    /// When it was done, as text.
    pub at: String,
    /// How long it took, in seconds.
    pub seconds: i64,
    /// Scores computed.
    pub checked: i32,
    /// Scores that differ.
    pub different: i32,
}

/// A score that differs; its page says by how much, to those who may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DifferenceView {
    /// Whose it is.
    pub officer: Uuid,
    /// Full name.
    pub name: String,
    /// The month.
    pub period: Period,
    /// In what.
    pub what: Vec<Differs>,
}

/// The page of computing again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplayView {
    /// Runs, newest first.
    pub runs: Vec<RunView>,
    /// What the newest one found, at most 200.
    pub differences: Vec<DifferenceView>,
    /// The visitor may open the sheets.
    pub opens: bool,
}

/// People of a month by level.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// With a sheet.
    pub people: u32,
    /// With a score.
    pub scored: u32,
    /// Sum of the scores.
    pub sum: Decimal,
    /// Hoàn thành xuất sắc.
    pub excellent: u32,
    /// Hoàn thành tốt.
    pub good: u32,
    /// Hoàn thành.
    pub completed: u32,
    /// Không hoàn thành.
    pub not_completed: u32,
}

/// A person whose score would have been another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonTried {
    /// Who.
    pub officer: Uuid,
    /// Full name.
    pub name: String,
    /// The unit of the month.
    pub unit: String,
    /// The stored score.
    pub before: Decimal,
    /// Its level.
    pub before_level: Level,
    /// Under the rules that are tried.
    pub after: Decimal,
    /// Its level.
    pub after_level: Level,
}

/// A month under other rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tried {
    /// The month.
    pub period: Period,
    /// Names of the rules that scored it.
    pub rules: Vec<String>,
    /// As it is stored.
    pub before: Counts,
    /// Under the rules that are tried.
    pub after: Counts,
    /// People whose score moves.
    pub moved: u32,
    /// Of these the most affected: level first, then distance.
    pub people: Vec<PersonTried>,
    /// Criteria or levels of đ, e had to be converted.
    pub converted: bool,
}

/// A rule set tried on the last closed months.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trial {
    /// Code of the rule set.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The months, newest first.
    pub months: Vec<Tried>,
}

/// The latest runs.
#[server(name = LoadReplay, prefix = "/api", endpoint = "replay/latest", input = GetUrl)]
pub async fn load_replay() -> Result<ReplayView, AppError> {
    let access = crate::auth::require(kpi::permission::Permission::Replay)?;
    super::run::latest(&crate::state::app_state()?.pool, &access).await
}

/// Computes every stored score of the agency again.
#[server(name = RunReplay, prefix = "/api", endpoint = "replay/run")]
pub async fn run_replay() -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::Replay)?;
    super::run::by_hand(&crate::state::app_state()?.pool, &access).await?;
    leptos_axum::redirect("/replay?done=run");
    Ok(())
}

/// What a rule set would have made of the last closed months.
#[server(name = TryRuleSet, prefix = "/api", endpoint = "replay/trial", input = GetUrl)]
pub async fn try_rule_set(code: String) -> Result<Trial, AppError> {
    let access = crate::auth::require(kpi::permission::Permission::TryRuleSet)?;
    let pool = crate::state::app_state()?.pool;
    let rules = crate::rule_set::store::known(&pool, access.actor.agency, &code).await?;
    Ok(Trial {
        months: super::trial::last_months(&pool, &access, &rules).await?,
        code,
        name: rules.name,
    })
}
