//! Setting the indicators of a unit's year: by its head or the personnel office, until the level is recognised.

use chrono::NaiveDate;
use kpi::unit::{Direction, Indicator, MAX_CRITERIA};
use rust_decimal::Decimal;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use super::typed::figure;
use super::{about, check_year, done, hold_open, tell_owner};
use crate::auth::Access;
use crate::error::AppError;
use crate::format::number;
use crate::org::text::name;
use crate::unit_kpi::store::{self, NewIndicator};

/// An indicator as typed.
#[derive(Clone, Debug, Default)]
pub struct TypedIndicator {
    /// The unit.
    pub unit: Uuid,
    /// The year.
    pub year: String,
    /// The indicator that is changed; none for a new one.
    pub indicator: Option<Uuid>,
    /// The version that was seen; of a new one it does not matter.
    pub version: i32,
    /// Group of functions.
    pub function: String,
    /// Name.
    pub name: String,
    /// Unit of measure.
    pub unit_of_measure: String,
    /// higher or lower.
    pub direction: String,
    /// "sum" for a figure that grows over the year, "level" for a rate or mean.
    pub measure: String,
    /// Target.
    pub target: String,
    /// Weight in percent.
    pub weight: String,
    /// Who reports it.
    pub owner: String,
}

/// Adds or changes an indicator. The weights may be short of 100 %, never above.
///
/// # Errors
/// `Invalid` naming the field; `Conflict` when it was changed since; `Forbidden` beyond reach; `NotFound`; the
/// database's failure.
pub async fn save_indicator(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    typed: TypedIndicator,
) -> Result<Uuid, AppError> {
    let year = check_year(&typed.year, today)?;
    let new = parse(&typed)?;
    let place = crate::org::store::unit(pool, access.agency(), typed.unit.into()).await?;
    access.reach_unit(&place.path)?;
    let mut db = pool.begin().await?;
    hold_open(&mut db, access.agency(), typed.unit, year).await?;
    let before = match typed.indicator {
        None => None,
        Some(indicator) => {
            let held = store::hold_indicator(&mut db, access.agency(), indicator).await?;
            if (held.unit, held.year) != (typed.unit, year) {
                return Err(AppError::NotFound);
            }
            if held.version != typed.version {
                return Err(AppError::Conflict {
                    current: held.name,
                    yours: new.name,
                });
            }
            Some((indicator, held))
        }
    };
    check_owner(&mut db, access, &new, &place.path, today).await?;
    check_sum(
        &mut db,
        access,
        (typed.unit, year),
        typed.indicator,
        &typed,
        &new,
    )
    .await?;
    let (id, action) = match &before {
        None => {
            let id =
                store::add_indicator(&mut db, access.agency(), (typed.unit, year), &new).await?;
            (id, "unit_kpi.add_indicator")
        }
        Some((id, _)) => {
            store::change_indicator(&mut db, access.agency(), *id, &new).await?;
            (*id, "unit_kpi.change_indicator")
        }
    };
    if before.is_none_or(|(_, held)| held.owner != new.owner) {
        tell_owner(&mut db, access, new.owner, &new.name, year).await?;
    }
    let detail = about(year, &new.name);
    done(&mut db, access, (typed.unit, today), action, detail).await?;
    db.commit().await?;
    Ok(id)
}

fn parse(typed: &TypedIndicator) -> Result<NewIndicator, AppError> {
    let function = name("function", "Nhóm chức năng", &typed.function)?;
    let title = name("name", "Tên chỉ số", &typed.name)?;
    let unit_of_measure = name("unit_of_measure", "Đơn vị tính", &typed.unit_of_measure)?;
    let direction: Direction = typed.direction.parse().map_err(|_| {
        AppError::invalid(
            "direction",
            "Chọn càng cao càng tốt hoặc càng thấp càng tốt.",
            "",
        )
    })?;
    let accumulates = match typed.measure.as_str() {
        "sum" => true,
        "level" => false,
        _ => {
            return Err(AppError::invalid(
                "measure",
                "Chọn số cộng dồn trong năm hoặc tỷ lệ, mức bình quân.",
                "",
            ));
        }
    };
    let target = figure("target", "Chỉ tiêu", &typed.target)?;
    let weight = figure("weight", "Trọng số", &typed.weight)?;
    let owner =
        typed.owner.trim().parse().map_err(|_| {
            AppError::invalid("owner", "Hãy chọn người phụ trách trong danh sách.", "")
        })?;
    let rule = Indicator {
        name: title.clone(),
        direction,
        target,
        actual: Decimal::ZERO,
        weight,
    };
    rule.validate()
        .map_err(AppError::from)
        .map_err(|error| error.typed_as("target", &typed.target))
        .map_err(|error| error.typed_as("weight", &typed.weight))
        .map_err(|error| error.typed_as("name", &typed.name))?;
    Ok(NewIndicator {
        function,
        name: title,
        unit_of_measure,
        direction,
        accumulates,
        target,
        weight,
        owner,
    })
}

async fn check_owner(
    db: &mut PgConnection,
    access: &Access,
    new: &NewIndicator,
    path: &str,
    today: NaiveDate,
) -> Result<(), AppError> {
    if store::holds_post_below(&mut *db, access.agency(), new.owner, path, today).await? {
        return Ok(());
    }
    Err(AppError::invalid(
        "owner",
        "Người phụ trách phải đang giữ vị trí trong đơn vị này.",
        "",
    ))
}

/// Refuses weights above 100 % in all, and more indicators than the rules take.
async fn check_sum(
    db: &mut PgConnection,
    access: &Access,
    of: (Uuid, i32),
    without: Option<Uuid>,
    typed: &TypedIndicator,
    new: &NewIndicator,
) -> Result<(), AppError> {
    let (count, sum) = store::weights(db, access.agency(), of, without).await?;
    if usize::try_from(count).unwrap_or(usize::MAX) >= MAX_CRITERIA {
        let message = format!("Một đơn vị có tối đa {MAX_CRITERIA} chỉ số trong năm.");
        return Err(AppError::invalid("name", message, ""));
    }
    if sum + new.weight > Decimal::ONE_HUNDRED {
        let message = format!(
            "Tổng trọng số vượt 100 %: các chỉ số khác đã có {} %, còn lại {} %.",
            number(sum, 4),
            number(Decimal::ONE_HUNDRED - sum, 4)
        );
        return Err(AppError::invalid("weight", message, &typed.weight));
    }
    Ok(())
}

/// Removes an indicator that has no figures yet.
///
/// # Errors
/// `Invalid` on `indicator` once it has figures; `Conflict` when it was changed since; `Forbidden` beyond reach;
/// `NotFound`; the database's failure.
pub async fn remove_indicator(
    pool: &PgPool,
    access: &Access,
    today: NaiveDate,
    indicator: Uuid,
    version: i32,
) -> Result<(Uuid, i32), AppError> {
    let mut db = pool.begin().await?;
    let held = store::hold_indicator(&mut db, access.agency(), indicator).await?;
    access.reach_unit(&held.path)?;
    hold_open(&mut db, access.agency(), held.unit, held.year).await?;
    if held.version != version {
        return Err(AppError::Conflict {
            current: held.name,
            yours: "xóa".to_owned(),
        });
    }
    if held.reports > 0 {
        return Err(AppError::invalid(
            "indicator",
            "Chỉ số đã có số liệu nên không xóa được; có thể đặt trọng số bằng 0.",
            "",
        ));
    }
    store::remove_indicator(&mut db, access.agency(), indicator).await?;
    let detail = about(held.year, &held.name);
    let subject = (held.unit, today);
    done(
        &mut db,
        access,
        subject,
        "unit_kpi.remove_indicator",
        detail,
    )
    .await?;
    db.commit().await?;
    Ok((held.unit, held.year))
}
