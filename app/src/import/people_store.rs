//! SQL of the people import beside what `org::write` adds: what is stored, and the few changes of existing rows.

use std::collections::HashMap;

use chrono::NaiveDate;
use kpi::ids::{AgencyId, OfficerId, PostId, TaskGroupId, UnitId};
use sqlx::PgConnection;
use uuid::Uuid;

use super::people_plan::{Acts, Stored, StoredOfficer, StoredPost, StoredUnit};
use crate::error::AppError;
use crate::format::sort_key;
use crate::org;
use crate::org::write::{NewOfficer, insert_officers, insert_posts, insert_units, task_group};

/// Units and officers of an agency with the posts that have not ended before `since`; at most 200,000 of the latter.
///
/// # Errors
/// The database's failure.
pub async fn load(
    db: &mut PgConnection,
    agency: AgencyId,
    since: NaiveDate,
) -> Result<Stored, AppError> {
    let units = org::store::agency_units(&mut *db, agency.0).await?;
    let rows = sqlx::query!(
        r#"select o.officer_id, o.code, o.full_name, o.active, g.name as "task_group?", a.login as "login?",
            p.post_id as "post_id?", p.unit_id as "unit_id?", p.kind as "kind?", p.title as "title?",
            p.from_day as "from_day?", p.until_day
           from officer o
           left join task_group g on g.agency_id = o.agency_id and g.task_group_id = o.task_group_id
           left join account a on a.agency_id = o.agency_id and a.officer_id = o.officer_id
           left join post p on p.agency_id = o.agency_id and p.officer_id = o.officer_id
                and (p.until_day is null or p.until_day >= $2)
           where o.agency_id = $1
           order by o.code, array_position(array['head', 'deputy', 'staff'], p.kind), p.from_day desc
           limit 200000"#,
        agency.0,
        since
    )
    .fetch_all(db)
    .await?;
    let mut officers: Vec<StoredOfficer> = Vec::new();
    for row in rows {
        if officers.last().map(|officer| officer.officer.0) != Some(row.officer_id) {
            officers.push(StoredOfficer {
                officer: OfficerId(row.officer_id),
                code: row.code,
                full_name: row.full_name,
                task_group: row.task_group,
                login: row.login,
                active: row.active,
                posts: Vec::new(),
            });
        }
        let (Some(officer), Some(post), Some(unit), Some(kind), Some(from)) = (
            officers.last_mut(),
            row.post_id,
            row.unit_id,
            row.kind,
            row.from_day,
        ) else {
            continue;
        };
        officer.posts.push(StoredPost {
            post: PostId(post),
            unit: UnitId(unit),
            kind: kind.parse().map_err(AppError::inner)?,
            title: row.title.unwrap_or_default(),
            from,
            until: row.until_day,
        });
    }
    Ok(Stored {
        units: units
            .into_iter()
            .map(|unit| StoredUnit {
                unit: UnitId(unit.unit_id),
                code: unit.code,
                name: unit.name,
                path: unit.path,
                parent: unit.parent_id.map(UnitId),
            })
            .collect(),
        officers,
    })
}

/// Waits for every other import into the agency and every change of its posts, and keeps others waiting until the
/// transaction ends: a unit's row is the lock of its posts.
///
/// # Errors
/// `NotFound` without such an agency; the database's failure.
pub async fn lock(db: &mut PgConnection, agency: AgencyId) -> Result<(), AppError> {
    sqlx::query!(
        "select agency_id from agency where agency_id = $1 for no key update",
        agency.0
    )
    .fetch_one(&mut *db)
    .await?;
    sqlx::query!(
        "select unit_id from unit where agency_id = $1 order by unit_id for no key update",
        agency.0
    )
    .fetch_all(db)
    .await?;
    Ok(())
}

/// Writes all acts of a plan, a fixed number of statements beside one a group, in the caller's transaction.
///
/// # Errors
/// `Invalid` naming what a constraint refused; the database's failure.
pub async fn write(db: &mut PgConnection, agency: AgencyId, acts: Acts) -> Result<(), AppError> {
    insert_units(db, agency.0, &acts.units).await?;
    rename_units(db, agency, &acts.renamed).await?;
    let mut groups: HashMap<String, TaskGroupId> = HashMap::new();
    for name in acts.groups() {
        let group = task_group(db, agency.0, name).await?;
        groups.insert(name.to_owned(), group);
    }
    let group_of = |name: &Option<String>| name.as_ref().and_then(|name| groups.get(name)).copied();
    let officers: Vec<NewOfficer> = acts
        .officers
        .into_iter()
        .map(|new| NewOfficer {
            task_group: group_of(&new.group),
            ..new.officer
        })
        .collect();
    insert_officers(db, agency.0, &officers).await?;
    let changed: Vec<(OfficerId, String, Option<TaskGroupId>)> = acts
        .changed
        .into_iter()
        .map(|officer| (officer.officer, officer.full_name, group_of(&officer.group)))
        .collect();
    change_officers(db, agency, &changed).await?;
    end_posts(db, agency, &acts.ended).await?;
    retitle_posts(db, agency, &acts.retitled).await?;
    insert_posts(db, agency.0, &acts.posts).await
}

async fn rename_units(
    db: &mut PgConnection,
    agency: AgencyId,
    renamed: &[(UnitId, String)],
) -> Result<(), AppError> {
    let ids: Vec<Uuid> = renamed.iter().map(|(unit, _)| unit.0).collect();
    let names: Vec<String> = renamed.iter().map(|(_, name)| name.clone()).collect();
    sqlx::query!(
        "update unit u set name = n.name from unnest($2::uuid[], $3::text[]) as n (unit_id, name)
         where u.agency_id = $1 and u.unit_id = n.unit_id",
        agency.0,
        &ids,
        &names
    )
    .execute(db)
    .await?;
    Ok(())
}

async fn change_officers(
    db: &mut PgConnection,
    agency: AgencyId,
    changed: &[(OfficerId, String, Option<TaskGroupId>)],
) -> Result<(), AppError> {
    let ids: Vec<Uuid> = changed.iter().map(|row| row.0.0).collect();
    let names: Vec<String> = changed.iter().map(|row| row.1.clone()).collect();
    let keys: Vec<String> = changed.iter().map(|row| sort_key(&row.1)).collect();
    let groups: Vec<Option<Uuid>> = changed
        .iter()
        .map(|row| row.2.map(|group| group.0))
        .collect();
    sqlx::query!(
        "update officer o set full_name = n.full_name, sort_key = n.sort_key,
            task_group_id = coalesce(n.task_group_id, o.task_group_id), active = true, version = o.version + 1
         from unnest($2::uuid[], $3::text[], $4::text[], $5::uuid[]) as n (officer_id, full_name, sort_key, task_group_id)
         where o.agency_id = $1 and o.officer_id = n.officer_id",
        agency.0,
        &ids,
        &names,
        &keys,
        &groups as _
    )
    .execute(db)
    .await?;
    Ok(())
}

async fn end_posts(
    db: &mut PgConnection,
    agency: AgencyId,
    ended: &[(PostId, NaiveDate)],
) -> Result<(), AppError> {
    let ids: Vec<Uuid> = ended.iter().map(|(post, _)| post.0).collect();
    let days: Vec<NaiveDate> = ended.iter().map(|(_, day)| *day).collect();
    sqlx::query!(
        "update post p set until_day = n.until_day from unnest($2::uuid[], $3::date[]) as n (post_id, until_day)
         where p.agency_id = $1 and p.post_id = n.post_id",
        agency.0,
        &ids,
        &days
    )
    .execute(db)
    .await?;
    Ok(())
}

async fn retitle_posts(
    db: &mut PgConnection,
    agency: AgencyId,
    retitled: &[(PostId, String)],
) -> Result<(), AppError> {
    let ids: Vec<Uuid> = retitled.iter().map(|(post, _)| post.0).collect();
    let titles: Vec<String> = retitled.iter().map(|(_, title)| title.clone()).collect();
    sqlx::query!(
        "update post p set title = n.title from unnest($2::uuid[], $3::text[]) as n (post_id, title)
         where p.agency_id = $1 and p.post_id = n.post_id",
        agency.0,
        &ids,
        &titles
    )
    .execute(db)
    .await?;
    Ok(())
}
