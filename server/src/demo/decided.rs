//! The rating of the past year (Điều 21), written in bulk once its months are stored: decided and announced for most, with
//! one petition granted; waiting for the choice where more stand for "xuất sắc" than may be; at its beginning in one unit.

use app::auth::{Access, Actor, check};
use app::error::AppError;
use app::rating::process::steps::everybody;
use app::rating::process::wire::{Row, SheetMonth};
use chrono::{Datelike, Duration, NaiveDate};
use kpi::ids::{AccountId, AgencyId, OfficerId};
use kpi::level::Level;
use kpi::period::Period;
use kpi::permission::{Permission, Role};
use kpi::petition::due_day;
use kpi::rating::process::YearStatus;
use serde_json::{Value, json};
use sqlx::PgConnection;
use uuid::Uuid;

use super::Plan;
use super::calendar::moment;
use super::store::decided::{self, Paper};

/// Somebody whose rating is under way.
struct One {
    row: Row,
    months: Vec<SheetMonth>,
    until: YearStatus,
    decision: Uuid,
}

/// Writes the past year of a stored plan.
///
/// # Errors
/// A rule's refusal; the database's failure.
pub async fn tell(db: &mut PgConnection, plan: &Plan) -> Result<(), AppError> {
    let year = plan.today.year() - 1;
    let (Some(leader), Some(officer), Some(agency)) = (
        seat(plan, "lanhdao"),
        seat(plan, "canbo"),
        plan.agencies.first(),
    ) else {
        return Ok(());
    };
    let access = access(plan, agency.agency_id, leader)?;
    let rows = everybody(db, &access, (year, plan.today)).await?;
    let open = rows
        .iter()
        .find(|(row, _)| row.line.officer == officer)
        .map(|(row, _)| row.line.unit);
    let people: Vec<One> = rows
        .into_iter()
        .filter(|(row, _)| row.is_rated() && row.line.officer != officer)
        .map(|(row, months)| One {
            until: if Some(row.line.unit) == open {
                YearStatus::Submitted
            } else if row.contested {
                YearStatus::Proposed
            } else {
                YearStatus::Published
            },
            row,
            months,
            decision: Uuid::now_v7(),
        })
        .collect();
    let contested = people
        .iter()
        .find(|one| {
            one.until == YearStatus::Published
                && !one.row.leads
                && one.row.line.level() == Some(Level::Good)
                && !plan
                    .accounts
                    .iter()
                    .any(|account| account.officer_id == Some(one.row.line.officer))
        })
        .map(|one| one.row.line.officer);
    let list: Vec<Value> = people
        .iter()
        .map(|one| written(one, contested == Some(one.row.line.officer)))
        .collect();
    let day = |month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap_or(plan.today);
    let signature = Uuid::now_v7();
    let paper = Paper {
        agency: agency.agency_id,
        year,
        number: "412-QĐ/BCSPT".to_owned(),
        day: day(12, 12),
        signature,
        leader,
        account: access.actor.account.0,
        at: moment(day(12, 12), 14, 5),
    };
    decided::sheets(db, &paper, &list).await?;
    let content =
        json!({ "year": year, "number": paper.number, "decided_on": paper.day, "decisions": list });
    decided::signature(db, &paper, "year_decision", None, &content).await?;
    decided::decisions(db, &paper, &list).await?;
    if let Some(one) = people
        .iter()
        .find(|one| contested == Some(one.row.line.officer))
    {
        granted(db, plan, &paper, one).await?;
    }
    waiting(db, plan, &paper).await
}

fn seat(plan: &Plan, login: &str) -> Option<Uuid> {
    let accounts = plan.accounts.iter();
    accounts
        .filter(|account| account.login == login)
        .find_map(|account| account.officer_id)
}

/// The head of the agency, who sees and decides the year of everybody.
fn access(plan: &Plan, agency: Uuid, leader: Uuid) -> Result<Access, AppError> {
    let account = plan
        .accounts
        .iter()
        .find(|account| account.officer_id == Some(leader))
        .map_or(agency, |account| account.account_id);
    let actor = Actor {
        agency: AgencyId(agency),
        agency_name: super::AGENCY_NAME.to_owned(),
        account: AccountId(account),
        login: "lanhdao".to_owned(),
        officer: Some(OfficerId(leader)),
        name: String::new(),
        roles: vec![Role::Leader, Role::Head],
        posts: Vec::new(),
        must_change: false,
        unread: 0,
    };
    check(actor, Permission::ViewRating)
}

/// One person as the bulk statements take him.
fn written(one: &One, contested: bool) -> Value {
    let line = &one.row.line;
    let computed = line.level().unwrap_or(Level::Completed);
    let (level, reason) = if contested {
        (
            Level::Completed,
            "Có phản ánh về thái độ phục vụ trong tháng 11, đang xác minh",
        )
    } else {
        (computed, "")
    };
    let handling = if level == Level::NotCompleted {
        "Xem xét bố trí vị trí việc làm thấp hơn (điểm đ khoản 3 Điều 23)"
    } else {
        ""
    };
    json!({
        "officer": line.officer, "name": line.name, "unit": line.unit, "unit_name": line.unit_name,
        "leads": one.row.leads, "above": one.row.decided_above,
        "self_level": computed.as_str(), "months": one.months, "mean": line.mean,
        "remarks": "Hoàn thành các nhiệm vụ được giao theo kế hoạch; hạn chế đã nêu ở phiếu từng tháng.",
        "computed": computed.as_str(), "level": level.as_str(), "reason": reason, "handling": handling,
        "until": one.until.as_str(), "decision": one.decision, "told": Uuid::now_v7()
    })
}

/// The petition about a level below the computed one: what was held against the officer turned out to be unfounded.
async fn granted(
    db: &mut PgConnection,
    plan: &Plan,
    paper: &Paper,
    one: &One,
) -> Result<(), AppError> {
    let line = &one.row.line;
    let (received, answered) = (
        paper.day + Duration::days(4),
        paper.day + Duration::days(10),
    );
    let reply = "Kết quả xác minh cho thấy phản ánh không có căn cứ. Chấp nhận kiến nghị, xếp loại theo đúng điểm của năm.";
    let petition = json!({
        "petition": Uuid::now_v7(), "officer": line.officer, "decision": one.decision,
        "text": "Tôi không nhất trí với mức “Hoàn thành nhiệm vụ”: điểm trung bình năm của tôi đạt mức tốt, phản ánh nêu trong quyết định chưa được kết luận.",
        "received": received, "due": due_day(received, 7, &holidays(plan)), "reply": reply
    });
    let replacing = Paper {
        number: "425-QĐ/BCSPT".to_owned(),
        day: answered,
        signature: Uuid::now_v7(),
        at: moment(answered, 10, 20),
        ..paper.clone()
    };
    let level = line.level().unwrap_or(Level::Good);
    let new = json!({
        "decision": Uuid::now_v7(), "officer": line.officer, "level": level.as_str(), "computed": level.as_str(),
        "mean": line.mean, "reason": "", "replaces": one.decision, "why": format!("Giải quyết kiến nghị: {reply}")
    });
    decided::signature(db, &replacing, "year_decision", Some(line.officer), &new).await?;
    decided::petition(db, &replacing, &petition).await?;
    decided::replace(db, &replacing, &new).await?;
    let answer = Paper {
        signature: Uuid::now_v7(),
        ..replacing
    };
    decided::signature(db, &answer, "petition_reply", Some(line.officer), &petition).await?;
    decided::answer(db, &answer, &petition, &new).await
}

/// A petition about a month in the open unit that its head has yet to answer.
async fn waiting(db: &mut PgConnection, plan: &Plan, paper: &Paper) -> Result<(), AppError> {
    let (Some(head), Some(officer)) = (seat(plan, "truongphong"), seat(plan, "canbo")) else {
        return Ok(());
    };
    let received = plan.today - Duration::days(2);
    let due = due_day(received, 7, &holidays(plan));
    let before = Period::of(plan.today).map_err(AppError::inner)?.first_day();
    let text = "Đề nghị xem lại điểm tiêu chí này: tôi có tham gia việc đột xuất của đơn vị nhưng chưa được ghi nhận.";
    decided::waiting(
        db,
        (paper.agency, Uuid::now_v7()),
        (head, officer),
        (before, received, due),
        text,
    )
    .await
}

fn holidays(plan: &Plan) -> Vec<NaiveDate> {
    plan.holidays.iter().map(|holiday| holiday.day).collect()
}
