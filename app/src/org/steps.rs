//! Single changes of the organisation, each one transaction with its rules: codes are unique, days are in order, one
//! head a unit, one post a person and unit at a time, a unit closes empty. The unit's row is the lock of its posts.

use chrono::NaiveDate;
use kpi::ids::{AgencyId, OfficerId, PostId, UnitId};
use kpi::post::{Days, check_new_post, check_no_cycle};
use kpi::scoring::ScoringRole;
use serde_json::json;
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use super::api::{PersonForm, PostForm};
use super::change as store;
use super::superior::direct_superior;
use super::text;
use super::write::{
    NewOfficer, NewPost, NewUnit, insert_holidays, insert_officers, insert_posts, insert_units,
    set_arrangement, task_group, unit_path,
};
use crate::audit;
use crate::auth::Access;
use crate::error::AppError;

/// Who acts, and in which agency.
#[derive(Clone, Copy, Debug)]
pub struct Acting {
    /// The agency.
    pub agency: Uuid,
    /// As the audit log names him.
    pub actor: audit::Actor,
}

impl From<&Access> for Acting {
    fn from(access: &Access) -> Self {
        Self {
            agency: access.agency(),
            actor: access.actor.audit(),
        }
    }
}

impl Acting {
    async fn audit(
        self,
        db: &mut PgConnection,
        action: &str,
        subject: (&str, Option<Uuid>),
        detail: serde_json::Value,
    ) -> Result<(), AppError> {
        audit::write(
            db,
            AgencyId(self.agency),
            self.actor,
            action,
            subject,
            detail,
        )
        .await
    }
}

/// Adds a unit below an active one, after its siblings.
///
/// # Errors
/// `Invalid` on `unit_code`, `unit_name` or `parent`; `NotFound` for a parent of another agency; the database's failure.
pub async fn add_unit(
    pool: &PgPool,
    acting: Acting,
    parent: Uuid,
    code: &str,
    name: &str,
) -> Result<UnitId, AppError> {
    let code_typed = text::code("unit_code", "Mã đơn vị", code)?;
    let name = text::name("unit_name", "Tên đơn vị", name)?;
    let mut db = pool.begin().await?;
    let above = store::hold_unit(&mut db, acting.agency, parent).await?;
    if !above.active {
        return Err(AppError::invalid(
            "parent",
            "Đơn vị cấp trên đã ngừng hoạt động.",
            "",
        ));
    }
    let unit = NewUnit {
        unit: UnitId(Uuid::now_v7()),
        parent: Some(UnitId(parent)),
        path: unit_path(Some(&above.path), &code_typed),
        code: code_typed.clone(),
        name,
        ordinal: store::next_ordinal(&mut db, acting.agency, parent).await?,
    };
    insert_units(&mut db, acting.agency, std::slice::from_ref(&unit))
        .await
        .map_err(|error| typed(error, code))?;
    acting
        .audit(
            &mut db,
            "add_unit",
            ("unit", Some(unit.unit.0)),
            json!({ "code": code_typed }),
        )
        .await?;
    db.commit().await?;
    Ok(unit.unit)
}

/// Renames a unit that was seen under the name `before`.
///
/// # Errors
/// `Conflict` when it has another name by now; `Invalid` on `new_name`; `NotFound`; the database's failure.
pub async fn rename_unit(
    pool: &PgPool,
    acting: Acting,
    unit: Uuid,
    before: &str,
    name: &str,
) -> Result<(), AppError> {
    let name = text::name("new_name", "Tên đơn vị", name)?;
    let mut db = pool.begin().await?;
    let held = store::hold_unit(&mut db, acting.agency, unit).await?;
    if held.name == name {
        return Ok(());
    }
    if held.name != before {
        return Err(AppError::Conflict {
            current: held.name,
            yours: name,
        });
    }
    store::rename_unit(&mut db, acting.agency, unit, &name).await?;
    acting
        .audit(
            &mut db,
            "rename_unit",
            ("unit", Some(unit)),
            json!({ "before": before, "after": name }),
        )
        .await?;
    db.commit().await?;
    Ok(())
}

/// Closes a unit that has no people from `today` on and no active unit below, or opens it again below an active one.
///
/// # Errors
/// `Invalid` on `unit`; `NotFound`; the database's failure.
pub async fn set_unit_active(
    pool: &PgPool,
    acting: Acting,
    unit: Uuid,
    active: bool,
    today: NaiveDate,
) -> Result<(), AppError> {
    let refuse = |message: &str| Err(AppError::invalid("unit", message, ""));
    let mut db = pool.begin().await?;
    let held = store::hold_unit(&mut db, acting.agency, unit).await?;
    if held.active == active {
        return Ok(());
    }
    match held.parent_id {
        None => return refuse("Đơn vị gốc luôn hoạt động."),
        Some(parent) if active => {
            if !store::hold_unit(&mut db, acting.agency, parent)
                .await?
                .active
            {
                return refuse("Hãy cho đơn vị cấp trên hoạt động lại trước.");
            }
        }
        Some(_) => {
            let (people, units) = store::load_of(&mut db, acting.agency, unit, today).await?;
            if people > 0 {
                return refuse(
                    "Đơn vị còn người đang giữ vị trí: hãy chuyển hoặc kết thúc các vị trí trước.",
                );
            }
            if units > 0 {
                return refuse("Đơn vị còn đơn vị trực thuộc đang hoạt động.");
            }
        }
    }
    store::set_unit_active(&mut db, acting.agency, unit, active).await?;
    let action = if active { "reopen_unit" } else { "close_unit" };
    acting
        .audit(&mut db, action, ("unit", Some(unit)), json!({}))
        .await?;
    db.commit().await?;
    Ok(())
}

/// Adds a person with a first post.
///
/// # Errors
/// `Invalid` naming the field; `NotFound` for a unit of another agency; the database's failure.
pub async fn add_person(
    pool: &PgPool,
    acting: Acting,
    form: PersonForm,
) -> Result<OfficerId, AppError> {
    let code = text::code("officer_code", "Mã công chức", &form.officer_code)?;
    let full_name = text::name("full_name", "Họ và tên", &form.full_name)?;
    let officer = OfficerId(Uuid::now_v7());
    let post = parse_post(officer, &form.unit, &form.kind, &form.title, &form.from_day)?;
    let mut db = pool.begin().await?;
    let group = match form.task_group.trim() {
        "" => None,
        name => {
            let name = text::name("task_group", "Nhóm nhiệm vụ", name)?;
            Some(task_group(&mut db, acting.agency, &name).await?)
        }
    };
    let new = NewOfficer {
        officer,
        code,
        full_name,
        task_group: group,
    };
    insert_officers(&mut db, acting.agency, &[new])
        .await
        .map_err(|error| typed(error, &form.officer_code))?;
    appoint(&mut db, acting.agency, &post).await?;
    acting
        .audit(
            &mut db,
            "add_officer",
            ("officer", Some(officer.0)),
            json!({}),
        )
        .await?;
    db.commit().await?;
    Ok(officer)
}

/// Corrects the name and task group of a person that was seen in `version`.
///
/// # Errors
/// `Conflict` when he was changed since; `Invalid` naming the field; `NotFound`; the database's failure.
pub async fn change_person(
    pool: &PgPool,
    acting: Acting,
    officer: Uuid,
    version: i32,
    full_name: &str,
    group: &str,
) -> Result<(), AppError> {
    let name = text::name("full_name", "Họ và tên", full_name)?;
    let mut db = pool.begin().await?;
    let group = match group.trim() {
        "" => None,
        words => {
            let words = text::name("task_group", "Nhóm nhiệm vụ", words)?;
            Some(task_group(&mut db, acting.agency, &words).await?.0)
        }
    };
    let held = store::hold_officer(&mut db, acting.agency, officer).await?;
    if held.version != version {
        return Err(AppError::Conflict {
            current: held.full_name,
            yours: name,
        });
    }
    store::change_officer(&mut db, acting.agency, officer, &name, group).await?;
    acting
        .audit(
            &mut db,
            "change_officer",
            ("officer", Some(officer)),
            json!({}),
        )
        .await?;
    db.commit().await?;
    Ok(())
}

/// Gives a person another post; the one named in `ends` ends the day before.
///
/// # Errors
/// `Invalid` naming the field; `NotFound` for anything of another agency; the database's failure.
pub async fn add_post(pool: &PgPool, acting: Acting, form: PostForm) -> Result<PostId, AppError> {
    let officer = OfficerId(id("officer", &form.officer)?);
    let post = parse_post(officer, &form.unit, &form.kind, &form.title, &form.from_day)?;
    let mut db = pool.begin().await?;
    store::hold_officer(&mut db, acting.agency, officer.0).await?;
    if !form.ends.trim().is_empty() {
        let ends = id("ends", &form.ends)?;
        let last = post.from_day.pred_opt().ok_or(AppError::NotFound)?;
        let held = store::hold_post(&mut db, acting.agency, ends).await?;
        if held.officer_id != officer.0 {
            return Err(AppError::NotFound);
        }
        close(
            &mut db,
            acting.agency,
            &held,
            "from_day",
            last,
            &form.from_day,
        )
        .await?;
    }
    appoint(&mut db, acting.agency, &post).await?;
    if !form.arrangement.is_empty() {
        let arrangement = arrangement(&form.arrangement)?;
        set_arrangement(&mut db, acting.agency, post.post, arrangement).await?;
    }
    let detail = json!({ "title": post.title, "from": post.from_day });
    acting
        .audit(&mut db, "add_post", ("officer", Some(officer.0)), detail)
        .await?;
    db.commit().await?;
    Ok(post.post)
}

/// Ends a post on a day.
///
/// # Errors
/// `Invalid` on `until_day` before the first day or after a day on which it ended already; `NotFound`; the database's failure.
pub async fn end_post(
    pool: &PgPool,
    acting: Acting,
    post: Uuid,
    until_day: &str,
) -> Result<(), AppError> {
    let last = text::day("until_day", "Ngày kết thúc", until_day)?;
    let mut db = pool.begin().await?;
    let held = store::hold_post(&mut db, acting.agency, post).await?;
    close(&mut db, acting.agency, &held, "until_day", last, until_day).await?;
    let detail = json!({ "title": held.title, "until": last });
    acting
        .audit(
            &mut db,
            "end_post",
            ("officer", Some(held.officer_id)),
            detail,
        )
        .await?;
    db.commit().await?;
    Ok(())
}

/// Adds a holiday, or renames it.
///
/// # Errors
/// `Invalid` on `holiday` or `holiday_name`; the database's failure.
pub async fn add_holiday(
    pool: &PgPool,
    acting: Acting,
    day: &str,
    name: &str,
) -> Result<(), AppError> {
    let day = text::day("holiday", "Ngày nghỉ", day)?;
    let name = text::name("holiday_name", "Tên ngày nghỉ", name)?;
    let mut db = pool.begin().await?;
    insert_holidays(&mut db, acting.agency, &[(day, name.clone())]).await?;
    acting
        .audit(
            &mut db,
            "add_holiday",
            ("holiday", None),
            json!({ "day": day, "name": name }),
        )
        .await?;
    db.commit().await?;
    Ok(())
}

/// Makes a holiday a working day again.
///
/// # Errors
/// `NotFound` when it is none; the database's failure.
pub async fn remove_holiday(pool: &PgPool, acting: Acting, day: NaiveDate) -> Result<(), AppError> {
    let mut db = pool.begin().await?;
    store::remove_holiday(&mut db, acting.agency, day).await?;
    acting
        .audit(
            &mut db,
            "remove_holiday",
            ("holiday", None),
            json!({ "day": day }),
        )
        .await?;
    db.commit().await?;
    Ok(())
}

fn id(field: &str, typed: &str) -> Result<Uuid, AppError> {
    typed
        .trim()
        .parse()
        .map_err(|_| AppError::invalid(field, "Hãy chọn một mục trong danh sách.", ""))
}

fn parse_post(
    officer: OfficerId,
    unit: &str,
    kind: &str,
    title: &str,
    from_day: &str,
) -> Result<NewPost, AppError> {
    let kind: ScoringRole = kind.parse().map_err(|_| {
        AppError::invalid(
            "kind",
            "Hãy chọn người đứng đầu, cấp phó hoặc công chức.",
            "",
        )
    })?;
    Ok(NewPost {
        post: PostId(Uuid::now_v7()),
        officer,
        unit: UnitId(id("unit", unit)?),
        kind,
        title: text::name("title", "Chức danh", title)?,
        from_day: text::day("from_day", "Ngày bắt đầu", from_day)?,
        until_day: None,
    })
}

/// How a post is held: a secondment is scored where it is served, a probation is followed without a level.
fn arrangement(typed: &str) -> Result<&str, AppError> {
    ["regular", "secondment", "probation"]
        .into_iter()
        .find(|known| *known == typed)
        .ok_or_else(|| {
            AppError::invalid(
                "arrangement",
                "Hãy chọn chính thức, biệt phái hoặc tập sự.",
                typed,
            )
        })
}

/// Adds a post after checking it against the others of its unit, whose row is locked meanwhile.
async fn appoint(db: &mut PgConnection, agency: Uuid, post: &NewPost) -> Result<(), AppError> {
    let unit = store::hold_unit(db, agency, post.unit.0).await?;
    if !unit.active {
        return Err(AppError::invalid(
            "unit",
            "Đơn vị này đã ngừng hoạt động.",
            "",
        ));
    }
    let days = Days {
        from: post.from_day,
        until: post.until_day,
    };
    check_new_post(&store::exclusive_days(db, agency, post).await?, &days)
        .map_err(|error| typed(error.into(), &crate::format::day(post.from_day)))?;
    if post.kind == ScoringRole::Head
        && let Some(name) = store::other_head(db, agency, post).await?
    {
        let message = format!("Đơn vị đã có người đứng đầu trong khoảng thời gian đó: {name}.");
        return Err(AppError::invalid("kind", message, post.kind.as_str()));
    }
    insert_posts(db, agency, std::slice::from_ref(post)).await?;
    refuse_cycle(db, agency, post).await
}

/// Refuses an appointment by which somebody comes to assess the person who assesses him (Điều 10): the way up from the
/// appointed must end, since every new cycle goes through him.
async fn refuse_cycle(db: &mut PgConnection, agency: Uuid, post: &NewPost) -> Result<(), AppError> {
    let mut pairs = Vec::new();
    let mut officer = post.officer;
    while let Some(above) = direct_superior(&mut *db, agency, officer, post.from_day).await? {
        pairs.push((officer, above));
        if pairs.iter().any(|(below, _)| *below == above) {
            break;
        }
        officer = above;
    }
    Ok(check_no_cycle(&pairs)?)
}

/// Sets the last day of a post, which may be moved earlier but not later once it is set.
async fn close(
    db: &mut PgConnection,
    agency: Uuid,
    held: &store::HeldPost,
    field: &str,
    last: NaiveDate,
    typed: &str,
) -> Result<(), AppError> {
    if last < held.from_day {
        let message = format!(
            "Vị trí bắt đầu ngày {}: ngày kết thúc không thể sớm hơn.",
            crate::format::day(held.from_day)
        );
        return Err(AppError::invalid(field, message, typed));
    }
    if held.until_day.is_some_and(|until| last > until) {
        return Err(AppError::invalid(
            field,
            "Vị trí đã kết thúc sớm hơn ngày này.",
            typed,
        ));
    }
    store::end_post(db, agency, held.post_id, last).await
}

fn typed(error: AppError, typed: &str) -> AppError {
    match error {
        AppError::Invalid { field, message, .. } => AppError::invalid(field, message, typed),
        other => other,
    }
}
