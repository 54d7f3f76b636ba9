//! The steps of the first start: make the link, check the form, make the agency in one transaction.

use chrono::NaiveDate;
use kpi::ids::{AccountId, AgencyId, UnitId};
use kpi::period::Period;
use kpi::period::life::PeriodDates;
use kpi::permission::Role;
use rand::RngCore;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use sqlx::PgPool;
use uuid::Uuid;

use super::store;
use crate::admin::accounts::store::{self as accounts, NewAccount};
use crate::audit;
use crate::auth::password;
use crate::error::AppError;
use crate::org::text;
use crate::org::write::{NewUnit, insert_units, unit_path};
use crate::period::store::write::{Opening, open};
use crate::state::Hashing;

/// The form of the set-up page as it was typed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct SetupForm {
    /// Name of the agency.
    pub agency_name: String,
    /// Its code, ASCII.
    pub agency_code: String,
    /// Name of the root unit; the agency's when empty.
    pub unit_name: String,
    /// Login name of the administrator.
    pub login: String,
    /// His password, twice; never sent back.
    #[serde(skip)]
    pub password: String,
    /// The same again.
    #[serde(skip)]
    pub again: String,
}

/// A checked form.
#[derive(Clone, Debug)]
pub struct NewAgency {
    name: String,
    code: String,
    unit_name: String,
    login: String,
    password: String,
}

impl NewAgency {
    /// Checks every field; a refusal carries the whole form but the passwords, so that nothing is typed twice.
    ///
    /// # Errors
    /// `Invalid` naming the field.
    pub fn parse(form: SetupForm) -> Result<Self, AppError> {
        Self::check(&form).map_err(|error| match error {
            AppError::Invalid { field, message, .. } => {
                let typed = serde_json::to_string(&form).unwrap_or_default();
                AppError::invalid(field, message, typed)
            }
            other => other,
        })
    }

    fn check(form: &SetupForm) -> Result<Self, AppError> {
        let name = text::name("agency_name", "Tên cơ quan", &form.agency_name)?;
        let code = text::code("agency_code", "Mã cơ quan", &form.agency_code)?;
        if !code.is_ascii() {
            return Err(AppError::invalid(
                "agency_code",
                "Mã cơ quan chỉ gồm chữ cái không dấu, chữ số, dấu gạch ngang và dấu chấm.",
                &form.agency_code,
            ));
        }
        let unit_name = if form.unit_name.trim().is_empty() {
            name.clone()
        } else {
            text::name("unit_name", "Tên đơn vị gốc", &form.unit_name)?
        };
        let login = text::login("login", &form.login)?;
        password::check_new(&form.password, &login)?;
        if form.password != form.again {
            return Err(AppError::invalid(
                "again",
                "Hai lần nhập mật khẩu không giống nhau.",
                "",
            ));
        }
        Ok(Self {
            name,
            code: code.to_uppercase(),
            unit_name,
            login,
            password: form.password.clone(),
        })
    }
}

/// What the database keeps of a link's token.
pub(super) fn token_hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

/// A new one-time link's token (256 random bits, hexadecimal) when no agency exists yet; earlier unused ones end.
///
/// # Errors
/// The database's failure.
pub async fn new_link(pool: &PgPool) -> Result<Option<String>, AppError> {
    let mut db = pool.begin().await?;
    if store::has_agency(&mut *db).await? {
        return Ok(None);
    }
    let mut bytes = [0; 32];
    rand::rng().fill_bytes(&mut bytes);
    let token = bytes
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect::<String>();
    store::replace_link(&mut db, &token_hash(&token)).await?;
    db.commit().await?;
    Ok(Some(token))
}

/// Makes the agency, its root unit, its first administrator and the month of `today`, all or nothing; the link is
/// used up with them.
///
/// # Errors
/// `NotFound` for a link that is used or wrong; the database's failure.
pub async fn establish(
    pool: &PgPool,
    hashing: &Hashing,
    token: &str,
    new: NewAgency,
    today: NaiveDate,
) -> Result<(AgencyId, AccountId), AppError> {
    let link = token_hash(token);
    // Asked before hashing, so that strangers cannot make the server work.
    if !store::is_open(pool, &link).await? {
        return Err(AppError::NotFound);
    }
    let hash = password::hash(hashing, new.password).await?;
    let (agency, account) = (Uuid::now_v7(), Uuid::now_v7());
    let mut db = pool.begin().await?;
    if !store::consume(&mut db, &link).await? || store::has_agency(&mut *db).await? {
        return Err(AppError::NotFound);
    }
    store::insert_agency(&mut db, agency, &new.name, &new.code).await?;
    let root = NewUnit {
        unit: UnitId(Uuid::now_v7()),
        parent: None,
        path: unit_path(None, &new.code),
        code: new.code,
        name: new.unit_name,
        ordinal: 0,
    };
    insert_units(&mut db, agency, &[root]).await?;
    let administrator = NewAccount {
        account: AccountId(account),
        officer: None,
        login: new.login,
        hash,
        roles: vec![Role::Administrator, Role::Personnel],
        must_change: false,
    };
    accounts::insert_accounts(&mut db, agency, &[administrator]).await?;
    let period = Period::of(today).map_err(AppError::inner)?;
    let opening = Opening {
        by: Some(account),
        dates: PeriodDates::usual(period, &[]),
        automatic: true,
        reason: "",
    };
    open(&mut db, AgencyId(agency), period, &opening).await?;
    let actor = audit::Actor {
        account: Some(account),
        officer: None,
    };
    let subject = ("agency", Some(agency));
    audit::write(
        &mut db,
        AgencyId(agency),
        actor,
        "set_up_agency",
        subject,
        serde_json::json!({}),
    )
    .await?;
    db.commit().await?;
    Ok((AgencyId(agency), AccountId(account)))
}
