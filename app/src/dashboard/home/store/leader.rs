//! What waits for a leader: decisions about a year with the surplus to choose in, units behind, rule sets to approve.

use chrono::NaiveDate;
use kpi::period::Period;
use sqlx::PgConnection;
use sqlx::types::Json;

use super::Lines;
use crate::auth::Access;
use crate::dashboard::home::api::Part;
use crate::dashboard::home::surplus::{Group, waiting};
use crate::error::AppError;
use crate::rule_set;

/// One statement; while somebody proposed for "xuất sắc" waits, the rules of that year too, which know how many may be.
///
/// # Errors
/// A rule's refusal of what is stored; the database's failure.
pub(super) async fn add(
    db: &mut PgConnection,
    access: &Access,
    lines: &mut Lines,
) -> Result<(), AppError> {
    let row = sqlx::query!(
        r#"with proposed as (
               select max(year) as year, count(*) as people from year_sheet
               where agency_id = $1 and status = 'proposed' and not decided_above
           ),
           computed as (
               select coalesce(g.name, '') as task_group, s.computed_level as level,
                      s.status = 'proposed' and s.proposed_level = 'excellent' and c.choice_id is null as waits,
                      coalesce(c.chosen = 'good', false) as declined
               from proposed
               join year_sheet s on s.agency_id = $1 and s.year = proposed.year
               join officer o on o.agency_id = $1 and o.officer_id = s.officer_id
               left join task_group g on g.agency_id = $1 and g.task_group_id = o.task_group_id
               left join year_choice c on c.agency_id = $1 and c.year = s.year and c.officer_id = s.officer_id
                   and c.undone_at is null
               where s.computed_level is not null and not s.decided_above
           ),
           groups as (
               select task_group, count(*) as rated, count(*) filter (where level in ('excellent', 'good')) as good_or_better,
                      count(*) filter (where level = 'excellent' and not declined) as standing,
                      count(*) filter (where waits) as waiting
               from computed group by task_group
           )
           select (select people from proposed) as "decisions!", (select year from proposed) as year,
                  (select coalesce(jsonb_agg(to_jsonb(g)), '[]') from groups g) as "groups!: Json<Vec<Group>>",
                  (select q.ratio from year_quota q join proposed p on q.year = p.year
                   where q.agency_id = $1 and q.superseded_by is null) as ratio,
                  (select count(distinct s.unit_id) from sheet s
                   join period p on p.agency_id = $1 and p.period = s.period and p.status = 'confirmation' and p.confirm_until < $2
                   where s.agency_id = $1 and s.status in ('draft', 'self_assessed')) as "units!",
                  (select min(p.confirm_until) from period p where p.agency_id = $1 and p.status = 'confirmation') as unit_day,
                  (select count(*) from rule_set r where r.agency_id = $1 and r.status = 'draft') as "drafts!""#,
        access.agency(),
        lines.today
    )
    .fetch_one(&mut *db)
    .await?;
    let part = Part::Leader;
    let year = row.year.unwrap_or_default();
    let Json(groups) = row.groups;
    if groups.iter().any(|group| group.waiting > 0) {
        let last = NaiveDate::from_ymd_opt(year, 12, 31).unwrap_or(lines.today);
        let month = Period::of(last.min(lines.today)).map_err(AppError::inner)?;
        let rules = rule_set::store::in_force(&mut *db, access.actor.agency, month).await?;
        let ratio = row.ratio.unwrap_or(rules.year.excellent_ratio);
        lines.add(
            part,
            i64::from(waiting(&rules.year, ratio, &groups)?),
            "người đề nghị xuất sắc vượt tỷ lệ, chờ chọn",
            None,
            format!("/rating?year={year}#candidates"),
        );
    }
    lines.add(
        part,
        row.decisions,
        "đề xuất xếp loại năm chờ quyết định",
        None,
        format!("/year-process/{year}"),
    );
    lines.add(
        part,
        row.units,
        "đơn vị quá hạn xác nhận",
        row.unit_day,
        "/compare".to_owned(),
    );
    lines.add(
        part,
        row.drafts,
        "bộ quy tắc dự thảo có thể phê duyệt",
        None,
        "/rule-set".to_owned(),
    );
    Ok(())
}
