//! Server functions of reviews.

use std::collections::BTreeMap;

use kpi::assignment::{CauseAction, DeliverableAction};
use kpi::period::Period;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use uuid::Uuid;

use super::wire::{PrintView, ReviewView, Saved, SheetView, UnitMonth};
use crate::error::AppError;

/// A month as the address names it; this month when it names none.
#[cfg(feature = "ssr")]
pub(super) fn month_of(text: &str, today: chrono::NaiveDate) -> Result<Period, AppError> {
    if text.is_empty() {
        Period::of(today).map_err(AppError::inner)
    } else {
        text.parse().map_err(|error: kpi::period::PeriodError| {
            AppError::invalid("period", error.to_string(), text)
        })
    }
}

/// A unit's month; without a unit the one that the viewer leads.
#[server(name = LoadUnit, prefix = "/api", endpoint = "review/unit", input = GetUrl)]
pub async fn load_unit(
    #[server(default)] unit: String,
    #[server(default)] period: String,
    #[server(default)] page: u32,
) -> Result<UnitMonth, AppError> {
    let access = crate::auth::require(kpi::permission::Permission::ViewUnit)?;
    let state = crate::state::app_state()?;
    let today = state.clock.today();
    let period = month_of(&period, today)?;
    let unit = (!unit.is_empty())
        .then(|| unit.parse().map_err(|_| AppError::NotFound))
        .transpose()?;
    super::steps::load_unit(&state.pool, &access, today, (unit, period, page)).await
}

/// One's own sheet of a month.
#[server(name = LoadOwnSheet, prefix = "/api", endpoint = "review/own_sheet", input = GetUrl)]
pub async fn load_own_sheet(#[server(default)] period: String) -> Result<SheetView, AppError> {
    let access = crate::auth::require(kpi::permission::Permission::ViewOwnMonth)?;
    let state = crate::state::app_state()?;
    let today = state.clock.today();
    super::steps::load_sheet(&state.pool, &access, today, month_of(&period, today)?).await
}

/// A person's month as the superior reviews it.
#[server(name = LoadReview, prefix = "/api", endpoint = "review/person", input = GetUrl)]
pub async fn load_review(
    officer: Uuid,
    #[server(default)] period: String,
) -> Result<ReviewView, AppError> {
    let access = crate::auth::require(kpi::permission::Permission::ViewMonth)?;
    let state = crate::state::app_state()?;
    let today = state.clock.today();
    let period = month_of(&period, today)?;
    let asked = (officer.into(), period);
    super::steps::load_review(&state.pool, &access, today, asked).await
}

/// A sheet for print.
#[server(name = LoadPrint, prefix = "/api", endpoint = "review/sheet", input = GetUrl)]
pub async fn load_print(
    officer: Uuid,
    #[server(default)] period: String,
) -> Result<PrintView, AppError> {
    let access = crate::auth::require(kpi::permission::Permission::ViewMonth)?;
    let state = crate::state::app_state()?;
    let today = state.clock.today();
    let period = month_of(&period, today)?;
    super::steps::load_print(&state.pool, &access, today, period, officer.into()).await
}

/// Stores one criterion of the own sheet as it is typed; `seen` is what the page showed before.
#[server(name = SaveCriterion, prefix = "/api", endpoint = "review/save_criterion")]
pub async fn save_criterion(
    period: Period,
    criterion: String,
    #[server(default)] points: String,
    #[server(default)] seen: String,
) -> Result<Saved, AppError> {
    let access = crate::auth::require(kpi::permission::Permission::SelfAssess)?;
    let state = crate::state::app_state()?;
    let given = (criterion.as_str(), points.as_str(), seen.as_str());
    super::steps::save_criterion(&state.pool, &access, state.clock.today(), period, given).await
}

/// Stores what the officer writes about the own month.
#[server(name = SaveRemarks, prefix = "/api", endpoint = "review/save_remarks")]
pub async fn save_remarks(
    period: Period,
    version: i32,
    #[server(default)] strengths: String,
    #[server(default)] shortcomings: String,
) -> Result<Saved, AppError> {
    let access = crate::auth::require(kpi::permission::Permission::SelfAssess)?;
    let state = crate::state::app_state()?;
    let today = state.clock.today();
    let given = super::store::sheet::Remarks {
        strengths,
        shortcomings,
    };
    super::steps::save_remarks(&state.pool, &access, today, period, version, given).await
}

/// Stores the whole own sheet; with `then` = "submit" also sends it.
#[server(name = SaveSheet, prefix = "/api", endpoint = "review/save_sheet")]
pub async fn save_sheet(
    period: Period,
    version: i32,
    key: Uuid,
    #[server(default)] points: BTreeMap<String, String>,
    #[server(default)] strengths: String,
    #[server(default)] shortcomings: String,
    #[server(default)] then: String,
) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::SelfAssess)?;
    let state = crate::state::app_state()?;
    let typed = super::typed::Typed {
        points: points.clone(),
        texts: BTreeMap::from([
            ("strengths".to_owned(), strengths.clone()),
            ("shortcomings".to_owned(), shortcomings.clone()),
        ]),
        ..Default::default()
    };
    let draft = super::steps::Draft {
        points,
        remarks: super::store::sheet::Remarks {
            strengths,
            shortcomings,
        },
        version,
        submit: then == "submit",
    };
    let today = state.clock.today();
    super::steps::save_sheet(&state.pool, &access, today, period, (draft, key))
        .await
        .map_err(|refusal| typed.kept_in(refusal))
}

/// Takes the own sheet back before it is confirmed.
#[server(name = WithdrawSubmission, prefix = "/api", endpoint = "review/withdraw")]
pub async fn withdraw_submission(period: Period, key: Uuid) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::SelfAssess)?;
    let state = crate::state::app_state()?;
    super::steps::withdraw(&state.pool, &access, state.clock.today(), period, key).await
}

/// Accepts or returns a delivery.
#[server(name = DecideDelivery, prefix = "/api", endpoint = "review/decide_delivery")]
pub async fn decide_delivery(
    deliverable: Uuid,
    period: Period,
    version: i32,
    key: Uuid,
    decision: DeliverableAction,
    #[server(default)] confirmed_day: String,
    #[server(default)] reason: String,
    #[server(default)] new_due_day: String,
) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::DecideDelivery)?;
    let state = crate::state::app_state()?;
    let texts = [
        ("deliverable", deliverable.to_string()),
        ("confirmed_day", confirmed_day.clone()),
        ("reason", reason.clone()),
        ("new_due_day", new_due_day.clone()),
    ];
    let typed = super::typed::Typed {
        texts: texts.map(|(name, text)| (name.to_owned(), text)).into(),
        ..Default::default()
    };
    let given = super::steps::Decision {
        deliverable,
        version,
        action: decision,
        confirmed_day,
        reason,
        new_due_day,
    };
    let today = state.clock.today();
    super::steps::decide_delivery(&state.pool, &access, today, period, (given, key))
        .await
        .map_err(|refusal| typed.kept_in(refusal))
}

/// Accepts everything that the superior saw waiting: `shown` is "id.version,id.version,…".
#[server(name = AcceptAll, prefix = "/api", endpoint = "review/accept_all")]
pub async fn accept_all(
    officer: Uuid,
    period: Period,
    key: Uuid,
    shown: String,
) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::DecideDelivery)?;
    let state = crate::state::app_state()?;
    let shown = shown_pairs(&shown)?;
    let given = (officer.into(), shown, key);
    super::steps::accept_all(&state.pool, &access, state.clock.today(), period, given).await
}

#[cfg(feature = "ssr")]
pub(super) fn shown_pairs(text: &str) -> Result<Vec<(Uuid, i32)>, AppError> {
    text.split(',')
        .take(501)
        .map(|pair| {
            pair.split_once('.')
                .and_then(|(id, version)| Some((id.parse().ok()?, version.parse().ok()?)))
                .ok_or_else(|| {
                    AppError::invalid(
                        "shown",
                        "Danh sách sản phẩm gửi lên không đúng định dạng.",
                        "",
                    )
                })
        })
        .collect()
}

/// Confirms or refuses an objective cause.
#[server(name = DecideCause, prefix = "/api", endpoint = "review/decide_cause")]
pub async fn decide_cause(
    cause: Uuid,
    period: Period,
    key: Uuid,
    decision: CauseAction,
    #[server(default)] reason: String,
) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::DecideCause)?;
    let state = crate::state::app_state()?;
    let given = (cause, decision, reason.as_str(), key);
    super::steps::decide_cause(&state.pool, &access, state.clock.today(), period, given).await
}

/// Confirms a sheet.
#[server(name = ConfirmSheet, prefix = "/api", endpoint = "review/confirm")]
pub async fn confirm_sheet(
    officer: Uuid,
    period: Period,
    version: i32,
    key: Uuid,
    #[server(default)] points: BTreeMap<String, String>,
    #[server(default)] reasons: BTreeMap<String, String>,
    #[server(default)] remark: String,
    #[server(default)] organising: String,
    #[server(default)] organising_reason: String,
    #[server(default)] unity: String,
    #[server(default)] unity_reason: String,
    #[server(default)] instead_reason: String,
    #[server(default)] password: String,
) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::ConfirmReview)?;
    let state = crate::state::app_state()?;
    let texts = [
        ("remark", &remark),
        ("organising", &organising),
        ("organising_reason", &organising_reason),
        ("unity", &unity),
        ("unity_reason", &unity_reason),
        ("instead_reason", &instead_reason),
    ];
    let typed = super::typed::Typed {
        points: points.clone(),
        reasons: reasons.clone(),
        texts: texts
            .map(|(name, text)| (name.to_owned(), text.clone()))
            .into(),
    };
    let given = super::steps::Conclusion {
        officer,
        version,
        points,
        reasons,
        remark,
        organising,
        organising_reason,
        unity,
        unity_reason,
        instead_reason,
    };
    let signer = crate::sign::confirm(&access, password)
        .await
        .map_err(|refusal| typed.kept_in(refusal))?;
    let today = state.clock.today();
    super::steps::confirm(&state.pool, (&access, &signer), today, period, (given, key))
        .await
        .map_err(|refusal| typed.kept_in(refusal))
}
