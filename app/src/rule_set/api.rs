//! Server functions of the rule sets, and the types on the wire.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use kpi::period::Period;
use kpi::rule_set::RuleSet;
use kpi::rule_set::field::Difference;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::error::AppError;

/// Where a rule set stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    /// Scores the months of today.
    InForce,
    /// Approved from a later month on.
    Coming,
    /// Not approved yet.
    Draft,
    /// Comes with the product.
    BuiltIn,
    /// Replaced by another one.
    Replaced,
}

impl Standing {
    /// In words.
    pub const fn label(self) -> &'static str {
        match self {
            Self::InForce => "Đang áp dụng",
            Self::Coming => "Sắp áp dụng",
            Self::Draft => "Bản nháp",
            Self::BuiltIn => "Có sẵn",
            Self::Replaced => "Đã thay thế",
        }
    }
}

/// A rule set in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetLine {
    /// By which sheets name it.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The document it rests on.
    pub legal_basis: String,
    /// Where it stands.
    pub standing: Standing,
    /// First day it scores; none for a draft or one that was never chosen.
    pub from: Option<NaiveDate>,
    /// Last day it scores; none while nothing follows.
    pub until: Option<NaiveDate>,
    /// Who wrote it; empty for a built-in one.
    pub author: String,
    /// Who approved it, when and by which decision; empty before.
    pub approved: String,
}

/// What the visitor may do with a rule set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct May {
    /// Change and delete it.
    pub change: bool,
    /// Approve it.
    pub approve: bool,
    /// Make a copy of it.
    pub copy: bool,
    /// Try it on past months.
    pub try_out: bool,
}

/// One rule set as its page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetView {
    /// As in a list.
    pub line: SetLine,
    /// Its content.
    pub set: RuleSet,
    /// Why it departs from the decree, by path of the field.
    pub reasons: BTreeMap<String, String>,
    /// How it differs from the decree.
    pub departures: Vec<Difference>,
    /// What keeps it from being approved: path of the field and a sentence.
    pub fault: Option<(String, String)>,
    /// Version of the draft; 0 for a built-in one.
    pub version: i32,
    /// What the visitor may do.
    pub may: May,
    /// The first month from which it may be approved.
    pub first_month: Period,
    /// Key of a copy.
    pub key: Uuid,
}

/// The rule sets of the agency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetsView {
    /// In force, coming, drafts, built in, replaced.
    pub sets: Vec<SetLine>,
    /// The visitor may copy.
    pub may_copy: bool,
    /// Key of a copy.
    pub key: Uuid,
}

/// Two rule sets side by side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetsCompared {
    /// All that may be compared: code and name.
    pub sets: Vec<(String, String)>,
    /// The first one.
    pub one: String,
    /// The second one.
    pub other: String,
    /// What differs.
    pub differences: Vec<Difference>,
}

/// Rule sets the visitor may see.
#[server(name = LoadRuleSets, prefix = "/api", endpoint = "rule_set/list", input = GetUrl)]
pub async fn load_rule_sets() -> Result<SetsView, AppError> {
    let access = crate::auth::require(kpi::permission::Permission::ViewRuleSets)?;
    let state = crate::state::app_state()?;
    super::steps::list(&state.pool, &access, state.clock.today()).await
}

/// One rule set.
#[server(name = LoadRuleSet, prefix = "/api", endpoint = "rule_set/load", input = GetUrl)]
pub async fn load_rule_set(code: String) -> Result<SetView, AppError> {
    let access = crate::auth::require(kpi::permission::Permission::ViewRuleSets)?;
    let state = crate::state::app_state()?;
    super::steps::show(&state.pool, &access, state.clock.today(), &code).await
}

/// What differs between two rule sets.
#[server(name = LoadComparedSets, prefix = "/api", endpoint = "rule_set/compare_load", input = GetUrl)]
pub async fn compare_sets(one: String, other: String) -> Result<SetsCompared, AppError> {
    let access = crate::auth::require(kpi::permission::Permission::ViewRuleSets)?;
    let state = crate::state::app_state()?;
    super::steps::compare(&state.pool, &access, state.clock.today(), (one, other)).await
}

/// Copies a rule set into a draft of its own and leads to it.
#[server(name = CopyRuleSet, prefix = "/api", endpoint = "rule_set/copy")]
pub async fn copy_rule_set(source: String, name: String, key: Uuid) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::ManageRuleSets)?;
    let pool = crate::state::app_state()?.pool;
    let code = super::steps::copy(&pool, &access, &source, &name, key).await?;
    leptos_axum::redirect(&format!("/rule-set/{code}?done=copied"));
    Ok(())
}

/// Stores the values of a draft as they are typed, all or none.
#[server(name = ChangeRuleSet, prefix = "/api", endpoint = "rule_set/change")]
pub async fn change_rule_set(
    code: String,
    version: i32,
    #[server(default)] fields: BTreeMap<String, String>,
    #[server(default)] reasons: BTreeMap<String, String>,
) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::ManageRuleSets)?;
    let pool = crate::state::app_state()?.pool;
    super::steps::change(&pool, &access, (&code, version), &fields, reasons).await?;
    leptos_axum::redirect(&format!("/rule-set/{code}?done=changed"));
    Ok(())
}

/// Deletes a draft.
#[server(name = DeleteRuleSet, prefix = "/api", endpoint = "rule_set/delete")]
pub async fn delete_rule_set(code: String, version: i32) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::ManageRuleSets)?;
    let pool = crate::state::app_state()?.pool;
    super::steps::delete(&pool, &access, (&code, version)).await?;
    leptos_axum::redirect("/rule-set?done=deleted");
    Ok(())
}

/// Approves a draft from a month on.
#[server(name = ApproveRuleSet, prefix = "/api", endpoint = "rule_set/approve")]
pub async fn approve_rule_set(
    code: String,
    version: i32,
    from: String,
    decision: String,
) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::ApproveRuleSet)?;
    let pool = crate::state::app_state()?.pool;
    super::steps::approve(&pool, &access, (&code, version), &from, &decision).await?;
    leptos_axum::redirect(&format!("/rule-set/{code}?done=approved"));
    Ok(())
}
