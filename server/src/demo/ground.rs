//! The ground of the demo agency as rows: organisation, accounts, calendar, catalogue.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use kpi::period::Period;
use kpi::period::life::{PeriodDates, PeriodStatus};
use rust_decimal::Decimal;
use uuid::Uuid;

use super::accounts::{SEATED_UNIT, login_of, seats};
use super::calendar::{holidays, moment, months};
use super::catalogue::{GROUPS, Product, STANDARD, products};
use super::organisation::{Kind, Person, TASK_GROUPS, UNITS, people};
use super::random::Random;
use super::rows::{
    AccountRow, AgencyRow, CatalogueRow, HolidayRow, OfficerRow, PeriodRow, PostRow,
    ProductGroupRow, ProductRow, TaskGroupRow, UnitRow,
};
use super::{AGENCY_CODE, AGENCY_NAME, Plan, whole};

/// What the work of the months stands on.
#[derive(Clone)]
pub struct Ground {
    /// The agency.
    pub agency: Uuid,
    /// Ids of the units, as `UNITS`.
    pub units: Vec<Uuid>,
    /// Everybody.
    pub people: Vec<Person>,
    /// Products with their ids.
    pub products: Vec<(Product, Uuid)>,
    /// Days off.
    pub holidays: Vec<NaiveDate>,
    /// From January of last year, the current month last.
    pub months: Vec<Period>,
    /// The day on which the agency is looked at.
    pub today: NaiveDate,
}

impl Ground {
    /// The same with everybody in the post of a month.
    pub fn in_month(&self, period: Period) -> Self {
        let people = self.people.iter().map(|person| {
            person.in_month(period).unwrap_or_else(|| Person {
                present: false,
                ..person.clone()
            })
        });
        Self {
            people: people.collect(),
            ..self.clone()
        }
    }

    /// Who assigns and confirms (khoản 1 Điều 10): the head of the unit, for a head the head of the agency, for him
    /// himself.
    pub fn superior(&self, index: usize) -> Uuid {
        let of = self.people.get(index);
        let unit = match of {
            Some(person) if person.kind != Kind::Head => person.unit,
            _ => 0,
        };
        self.people
            .iter()
            .find(|person| person.present && person.unit == unit && person.kind == Kind::Head)
            .map_or(self.agency, |head| head.id)
    }
}

/// Puts the ground into the plan.
///
/// # Errors
/// One sentence when `today` lies outside the supported years.
pub fn lay(plan: &mut Plan, random: &Random, today: NaiveDate) -> Result<Ground, String> {
    let months = months(today)?;
    let first_day = months.first().map_or(today, |period| period.first_day());
    let founded = moment(first_day - Duration::days(30), 8, 0);
    let mut ids = random.fork(0, 0);
    let agency = ids.id(founded);
    plan.agencies.push(AgencyRow {
        agency_id: agency,
        name: AGENCY_NAME.to_owned(),
        code: AGENCY_CODE.to_owned(),
        created_at: founded,
    });
    let units = lay_units(plan, agency, &mut ids, founded);
    let people = people(random, founded, first_day);
    lay_people(plan, agency, &units, &people, &mut ids, founded);
    plan.holidays = holidays()
        .into_iter()
        .map(|(day, name)| HolidayRow {
            agency_id: agency,
            day,
            name: name.to_owned(),
        })
        .collect();
    plan.periods = months
        .iter()
        .map(|period| PeriodRow {
            agency_id: agency,
            period: period.first_day(),
            status: status_on(*period, today).as_str().to_owned(),
            dates: dates(*period),
        })
        .collect();
    let approver = people.first().map_or(agency, |person| person.id);
    let products = lay_catalogue(plan, agency, approver, &mut ids, founded)?;
    Ok(Ground {
        agency,
        units,
        people,
        products,
        holidays: holidays().into_iter().map(|(day, _)| day).collect(),
        months,
        today,
    })
}

/// The dates that the agency gives a month: officers may assess themselves from the 11th on, for many know by then.
fn dates(period: Period) -> PeriodDates {
    let next = period.next().first_day();
    PeriodDates {
        self_from: period.first_day() + Duration::days(10),
        self_until: next + Duration::days(2),
        confirm_until: next + Duration::days(9),
        announce_on: closed_on(period),
        lock_on: closed_on(period),
    }
}

/// How far a month is on a day, by its dates.
fn status_on(period: Period, today: NaiveDate) -> PeriodStatus {
    let dates = dates(period);
    if today < dates.self_from {
        PeriodStatus::Open
    } else if today <= dates.self_until {
        PeriodStatus::SelfAssessment
    } else if today < dates.lock_on {
        PeriodStatus::Confirmation
    } else {
        PeriodStatus::Locked
    }
}

/// The day on which a month is announced and its sheets are locked: the 12th of the next month.
pub fn closed_on(period: Period) -> NaiveDate {
    period.next().first_day() + Duration::days(11)
}

fn lay_units(plan: &mut Plan, agency: Uuid, ids: &mut Random, founded: DateTime<Utc>) -> Vec<Uuid> {
    let units: Vec<Uuid> = UNITS.iter().map(|_| ids.id(founded)).collect();
    let root = units.first().copied();
    for ((kind, id), ordinal) in UNITS.iter().zip(&units).zip(0..) {
        let is_root = Some(*id) == root;
        let path = if is_root {
            "/BAN/".to_owned()
        } else {
            format!("/BAN/{}/", kind.code)
        };
        plan.units.push(UnitRow {
            agency_id: agency,
            unit_id: *id,
            parent_id: if is_root { None } else { root },
            path,
            code: kind.code.to_owned(),
            name: kind.name.to_owned(),
            ordinal,
            active: true,
        });
    }
    units
}

fn lay_people(
    plan: &mut Plan,
    agency: Uuid,
    units: &[Uuid],
    people: &[Person],
    ids: &mut Random,
    founded: DateTime<Utc>,
) {
    let groups: Vec<Uuid> = TASK_GROUPS.iter().map(|_| ids.id(founded)).collect();
    for (name, id) in TASK_GROUPS.iter().zip(&groups) {
        plan.task_groups.push(TaskGroupRow {
            agency_id: agency,
            task_group_id: *id,
            name: (*name).to_owned(),
        });
    }
    for person in people {
        let (Some(unit), Some(group)) = (units.get(person.unit), groups.get(person.group)) else {
            continue;
        };
        plan.officers.push(OfficerRow {
            agency_id: agency,
            officer_id: person.id,
            code: person.code.clone(),
            full_name: person.name.clone(),
            sort_key: app::format::sort_key(&person.name),
            task_group_id: *group,
            active: person.career.left.is_none(),
            version: 1,
        });
        plan.posts.push(PostRow {
            agency_id: agency,
            post_id: ids.id(founded),
            officer_id: person.id,
            unit_id: *unit,
            kind: person.kind.code().to_owned(),
            title: person.title.to_owned(),
            arrangement: "regular".to_owned(),
            from_day: person.since,
            until_day: person.career.left,
        });
        for spell in &person.career.earlier {
            let Some(unit) = units.get(spell.unit) else {
                continue;
            };
            plan.posts.push(PostRow {
                agency_id: agency,
                post_id: ids.id(founded),
                officer_id: person.id,
                unit_id: *unit,
                kind: spell.kind.code().to_owned(),
                title: spell.title.to_owned(),
                arrangement: spell.arrangement.to_owned(),
                from_day: spell.from,
                until_day: Some(spell.until),
            });
        }
    }
    for seat in seats() {
        let officer = people
            .iter()
            .find(|person| person.seat.is_some_and(|of| of.login == seat.login));
        plan.accounts.push(AccountRow {
            agency_id: agency,
            account_id: ids.id(founded),
            officer_id: officer.map(|person| person.id),
            login: seat.login.to_owned(),
            roles: seat.roles.iter().map(|role| (*role).to_owned()).collect(),
            created_at: founded,
        });
    }
    let others = people.iter().filter(|person| {
        person.unit == SEATED_UNIT && person.seat.is_none() && person.career.left.is_none()
    });
    for (place, person) in (1..).zip(others) {
        plan.accounts.push(AccountRow {
            agency_id: agency,
            account_id: ids.fork(1, whole(place)).id(founded),
            officer_id: Some(person.id),
            login: login_of(place),
            roles: Vec::new(),
            created_at: founded,
        });
    }
}

fn lay_catalogue(
    plan: &mut Plan,
    agency: Uuid,
    approver: Uuid,
    ids: &mut Random,
    founded: DateTime<Utc>,
) -> Result<Vec<(Product, Uuid)>, String> {
    let catalogue = ids.id(founded);
    let products: Vec<(Product, Uuid)> = products()?
        .into_iter()
        .map(|product| (product, ids.id(founded)))
        .collect();
    let standard = products
        .iter()
        .find(|(product, _)| product.code == STANDARD)
        .ok_or_else(|| "Danh mục mẫu thiếu sản phẩm chuẩn.".to_owned())?;
    plan.catalogues.push(CatalogueRow {
        agency_id: agency,
        catalogue_id: catalogue,
        version_number: 1,
        name: "Danh mục sản phẩm, công việc quy đổi".to_owned(),
        status: "approved".to_owned(),
        decision: "215-QĐ/BCSPT".to_owned(),
        standard_points: standard.0.points,
        standard_product_id: standard.1,
        effective_from: founded.date_naive(),
        created_by: approver,
        created_at: founded,
        approved_by: approver,
        approved_at: founded + Duration::hours(30),
    });
    for ((code, least, most), ordinal) in GROUPS.iter().zip(0..) {
        plan.product_groups.push(ProductGroupRow {
            agency_id: agency,
            catalogue_id: catalogue,
            code: (*code).to_owned(),
            min_points: Decimal::from(*least),
            max_points: Decimal::from(*most),
            ordinal,
        });
    }
    for ((product, id), ordinal) in products.iter().zip(0..) {
        let unit = UNITS.iter().find(|unit| unit.code == product.unit);
        plan.products.push(ProductRow {
            agency_id: agency,
            catalogue_id: catalogue,
            product_id: *id,
            code: product.code.to_owned(),
            task: product.task.to_owned(),
            detail: product.detail.to_owned(),
            output: product.output.to_owned(),
            group_code: product.group.to_owned(),
            points: product.points,
            coefficient: product.coefficient,
            unit_of_measure: product.measure.to_owned(),
            unit_name: unit.map(|unit| unit.name.to_owned()),
            ordinal,
        });
    }
    Ok(products)
}
