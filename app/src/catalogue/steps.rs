//! The acts on a catalogue: showing a version, approving a draft (the head decides, khoản 2 Điều 13), deleting one.

use chrono::{Days, NaiveDate};
use kpi::catalogue::{Entry, GroupRange, ProductDraft, check};
use kpi::ids::{AccountId, CatalogueId};
use kpi::permission::{Permission, granted};
use rust_decimal::Decimal;
use sqlx::PgPool;

use super::api::{DraftState, Fault, Group, Product, Shown, Status, Version};
use super::{store, write};
use crate::auth::{Access, Actor};
use crate::error::AppError;
use crate::format;

/// Longest number of a decision, in letters.
const LONGEST_DECISION: usize = 100;
/// A decision is not older than this many days.
const OLDEST_DECISION: u64 = 10 * 366;
/// Faults that are shown at once.
const FAULTS_SHOWN: usize = 100;

/// What a visitor asks to see.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// A version; the approved one without it.
    pub version: Option<CatalogueId>,
    /// Words to search for.
    pub search: String,
    /// A group; all of them when empty.
    pub group: String,
    /// From 1; 0 is the first, too.
    pub page: u32,
}

/// The catalogue as the visitor may see it: three statements, for a draft one more.
///
/// # Errors
/// `NotFound` for a version the visitor may not see; the database's failure.
pub async fn show(
    pool: &PgPool,
    today: NaiveDate,
    access: &Access,
    asked: Asked,
) -> Result<Shown, AppError> {
    let agency = access.actor.agency;
    let may_import = granted(&access.actor.roles, Permission::ImportCatalogue).is_some();
    let versions = store::versions(pool, agency, may_import).await?;
    let version = match asked.version {
        Some(asked) => Some(
            versions
                .iter()
                .find(|version| version.catalogue == asked)
                .ok_or(AppError::NotFound)?,
        ),
        None => versions
            .iter()
            .find(|version| version.status == Status::Approved),
    }
    .cloned();
    let mut shown = Shown {
        versions,
        version,
        groups: Vec::new(),
        products: Vec::new(),
        found: 0,
        draft: None,
        may_import,
        today,
    };
    let Some(version) = &shown.version else {
        return Ok(shown);
    };
    shown.groups = store::groups(pool, agency, version.catalogue).await?;
    if version.status == Status::Draft {
        shown.draft = Some(draft_state(pool, &access.actor, version, &shown.groups).await?);
    }
    let search: String = asked.search.chars().take(100).collect();
    let group = Some(asked.group.as_str()).filter(|group| !group.is_empty());
    (shown.products, shown.found) =
        store::products(pool, agency, version.catalogue, &search, group, asked.page).await?;
    Ok(shown)
}

async fn draft_state(
    pool: &PgPool,
    actor: &Actor,
    version: &Version,
    groups: &[Group],
) -> Result<DraftState, AppError> {
    let products = store::whole(pool, actor.agency, version.catalogue).await?;
    let mut faults = faults(&products, groups, version.standard_points);
    let fault_count = u32::try_from(faults.len()).unwrap_or(u32::MAX);
    faults.truncate(FAULTS_SHOWN);
    let may_approve = granted(&actor.roles, Permission::ApproveCatalogue).is_some()
        && !another_must(actor, version);
    Ok(DraftState {
        faults,
        fault_count,
        may_approve,
    })
}

/// Whoever imported a version does not approve it, as long as somebody else may.
fn another_must(actor: &Actor, version: &Version) -> bool {
    version.imported_by == Some(actor.account) && version.another_approver
}

/// What `kpi` finds wrong with a stored version; each keeps it from being approved.
fn faults(products: &[Product], groups: &[Group], standard_points: Option<Decimal>) -> Vec<Fault> {
    let drafts: Vec<ProductDraft> = products
        .iter()
        .map(|product| ProductDraft {
            code: Some(product.code.clone()),
            task: Some(product.task.clone()),
            detail: Some(product.detail.clone()),
            output: Some(product.output.clone()),
            group: product.group.clone(),
            points: Entry::Number(product.points),
            coefficient: Entry::Number(product.coefficient),
            standard: product.standard,
        })
        .collect();
    let ranges: Vec<GroupRange> = groups
        .iter()
        .map(|group| GroupRange {
            code: group.code.clone(),
            min: group.min.unwrap_or(Decimal::MIN),
            max: group.max.unwrap_or(Decimal::MAX),
        })
        .collect();
    check(&drafts, &ranges, standard_points)
        .into_iter()
        .map(|finding| Fault {
            code: finding
                .index
                .and_then(|at| products.get(usize::try_from(at).ok()?))
                .map(|product| product.code.clone())
                .unwrap_or_default(),
            message: finding.message,
        })
        .collect()
}

/// An approval as it was typed.
#[derive(Clone, Debug)]
pub struct TypedApproval {
    /// Number of the decision.
    pub decision: String,
    /// First day it applies.
    pub effective_from: String,
}

/// Approves a draft: once, without faults, under a decision, and not by the one who imported it while there is another
/// who may.
///
/// # Errors
/// `NotFound` outside the agency; `Invalid` naming the field and the reason; the database's failure. Nothing changed then.
pub async fn approve(
    pool: &PgPool,
    today: NaiveDate,
    actor: &Actor,
    catalogue: CatalogueId,
    typed: TypedApproval,
) -> Result<(), AppError> {
    let approval = parse(&typed, today, actor.account)?;
    let mut db = pool.begin().await?;
    write::lock(&mut db, actor.agency).await?;
    let versions = store::versions(&mut *db, actor.agency, true).await?;
    let version = draft_in(&versions, catalogue)?;
    if another_must(actor, version) {
        return Err(AppError::invalid(
            "catalogue",
            "Bạn là người nhập bản này; người khác có quyền phê duyệt phải phê duyệt.",
            "",
        ));
    }
    let current = versions
        .iter()
        .find(|version| version.status == Status::Approved)
        .and_then(|version| version.effective_from);
    if let Some(current) = current.filter(|current| approval.effective_from < *current) {
        return Err(AppError::invalid(
            "effective_from",
            format!(
                "Ngày hiệu lực không được trước ngày hiệu lực của bản đang áp dụng ({}).",
                format::day(current)
            ),
            typed.effective_from,
        ));
    }
    let products = store::whole(&mut *db, actor.agency, catalogue).await?;
    let groups = store::groups(&mut *db, actor.agency, catalogue).await?;
    let faults = faults(&products, &groups, version.standard_points);
    if let Some(first) = faults.first() {
        return Err(AppError::invalid(
            "catalogue",
            format!(
                "Còn {} lỗi nên chưa phê duyệt được; lỗi đầu tiên: {} {}",
                faults.len(),
                first.code,
                first.message
            ),
            "",
        ));
    }
    write::approve(&mut db, actor.agency, catalogue, &approval).await?;
    let detail = serde_json::json!({
        "version": version.number,
        "decision": approval.decision,
        "effective_from": approval.effective_from,
    });
    let subject = ("catalogue", Some(catalogue.0));
    crate::audit::write(
        &mut db,
        actor.agency,
        actor.audit(),
        "approve_catalogue",
        subject,
        detail,
    )
    .await?;
    db.commit().await?;
    Ok(())
}

fn parse(
    typed: &TypedApproval,
    today: NaiveDate,
    account: AccountId,
) -> Result<write::Approval, AppError> {
    let decision = typed.decision.trim();
    let refuse = |message: &str| {
        Err(AppError::invalid(
            "decision",
            message,
            typed.decision.clone(),
        ))
    };
    if decision.is_empty() {
        return refuse("Hãy ghi số quyết định ban hành danh mục, ví dụ 283/QĐ-UBND.");
    }
    if decision.chars().count() > LONGEST_DECISION || decision.chars().any(char::is_control) {
        return refuse("Số quyết định dài không quá 100 ký tự, trên một dòng.");
    }
    let refuse = |message: &str| {
        Err(AppError::invalid(
            "effective_from",
            message,
            typed.effective_from.clone(),
        ))
    };
    let Some(effective_from) = format::parse_day(&typed.effective_from) else {
        return refuse("Ngày hiệu lực phải có dạng ngày/tháng/năm, ví dụ 01/07/2026.");
    };
    if effective_from > today {
        // The approved version is the one in use, so it cannot begin later.
        return refuse("Ngày hiệu lực chưa tới; hãy phê duyệt từ ngày đó.");
    }
    if today
        .checked_sub_days(Days::new(OLDEST_DECISION))
        .is_some_and(|oldest| effective_from < oldest)
    {
        return refuse("Ngày hiệu lực lùi quá mười năm; hãy kiểm tra lại.");
    }
    Ok(write::Approval {
        decision: decision.to_owned(),
        effective_from,
        approved_by: Some(account),
    })
}

fn draft_in(versions: &[Version], catalogue: CatalogueId) -> Result<&Version, AppError> {
    let version = versions
        .iter()
        .find(|version| version.catalogue == catalogue)
        .ok_or(AppError::NotFound)?;
    if version.status == Status::Draft {
        return Ok(version);
    }
    Err(AppError::invalid(
        "catalogue",
        format!(
            "Bản số {} không còn là bản nháp ({}), nên không thay đổi được nữa.",
            version.number,
            version.status.label()
        ),
        "",
    ))
}

/// Deletes a draft; an approved or superseded version stays for ever.
///
/// # Errors
/// As [`approve`].
pub async fn delete_draft(
    pool: &PgPool,
    actor: &Actor,
    catalogue: CatalogueId,
) -> Result<(), AppError> {
    let mut db = pool.begin().await?;
    write::lock(&mut db, actor.agency).await?;
    let versions = store::versions(&mut *db, actor.agency, true).await?;
    let version = draft_in(&versions, catalogue)?;
    write::delete_draft(&mut db, actor.agency, catalogue).await?;
    let detail = serde_json::json!({ "version": version.number, "products": version.products });
    let subject = ("catalogue", Some(catalogue.0));
    crate::audit::write(
        &mut db,
        actor.agency,
        actor.audit(),
        "delete_catalogue_draft",
        subject,
        detail,
    )
    .await?;
    db.commit().await?;
    Ok(())
}
