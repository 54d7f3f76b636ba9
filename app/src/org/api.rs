//! Server functions of the organisation and the types on the wire.

use chrono::NaiveDate;
use kpi::scoring::ScoringRole;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::error::AppError;

/// A unit of the tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitLine {
    /// The unit.
    pub unit: Uuid,
    /// The unit above; none for the root.
    pub parent: Option<Uuid>,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// False once it was dissolved.
    pub active: bool,
    /// Its head today; empty while there is none.
    pub head: String,
    /// Its deputies today.
    pub deputies: Vec<String>,
    /// People who hold a post in it today.
    pub people: u32,
}

/// A person in a list: name and post only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonLine {
    /// The officer.
    pub officer: Uuid,
    /// Personnel number.
    pub code: String,
    /// Full name.
    pub name: String,
    /// Title of the post.
    pub title: String,
    /// Head, deputy or staff.
    pub kind: ScoringRole,
    /// Name of the unit.
    pub unit_name: String,
}

/// A post of the chosen person, past ones included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostLine {
    /// The post.
    pub post: Uuid,
    /// Name of the unit.
    pub unit_name: String,
    /// Head, deputy or staff.
    pub kind: ScoringRole,
    /// Title as appointed.
    pub title: String,
    /// First day.
    pub from_day: NaiveDate,
    /// Last day; none while it is held.
    pub until_day: Option<NaiveDate>,
}

/// The chosen person, for those who manage the organisation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonDetail {
    /// The officer.
    pub officer: Uuid,
    /// Personnel number.
    pub code: String,
    /// Full name.
    pub name: String,
    /// Group of similar tasks; empty without one.
    pub task_group: String,
    /// Version that a change has to name.
    pub version: i32,
    /// Posts, latest first; at most 50.
    pub posts: Vec<PostLine>,
}

/// What only those who manage the organisation see.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// Groups of similar tasks.
    pub task_groups: Vec<String>,
}

/// The organisation page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganisationView {
    /// Units by path; at most 2,000.
    pub units: Vec<UnitLine>,
    /// People of the chosen unit, or those found; at most 200.
    pub people: Vec<PersonLine>,
    /// More people match than are shown.
    pub more: bool,
    /// The chosen person.
    pub person: Option<PersonDetail>,
    /// None for those who only look.
    pub settings: Option<Settings>,
}

/// Which steps of the first start are done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirstSteps {
    /// There are people.
    pub people: bool,
    /// A catalogue was imported.
    pub catalogue: bool,
    /// A catalogue was approved.
    pub approved: bool,
    /// An officer has an account.
    pub accounts: bool,
    /// Work was assigned.
    pub month: bool,
}

/// Units, and the people of one of them or those whose name matches.
#[server(name = LoadOrganisation, prefix = "/api", endpoint = "organisation/view", input = GetUrl)]
pub async fn load_organisation(
    #[server(default)] unit: Option<Uuid>,
    #[server(default)] search: String,
    #[server(default)] person: Option<Uuid>,
) -> Result<OrganisationView, AppError> {
    let access = crate::auth::require(kpi::permission::Permission::ViewOrganisation)?;
    super::view::load(&crate::state::app_state()?, &access, unit, &search, person).await
}

/// Which steps of the first start are done.
#[server(name = LoadFirstSteps, prefix = "/api", endpoint = "organisation/first_steps", input = GetUrl)]
pub async fn load_first_steps() -> Result<FirstSteps, AppError> {
    let access = crate::auth::require(kpi::permission::Permission::ManageOrganisation)?;
    let pool = crate::state::app_state()?.pool;
    super::list::first_steps(&pool, access.agency()).await
}

/// Adds a unit below another.
#[server(name = AddUnit, prefix = "/api", endpoint = "organisation/add_unit")]
pub async fn add_unit(parent: Uuid, unit_code: String, unit_name: String) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::ManageOrganisation)?;
    let pool = crate::state::app_state()?.pool;
    super::steps::add_unit(&pool, (&access).into(), parent, &unit_code, &unit_name)
        .await
        .map(drop)
}

/// Renames a unit that was seen under the name `before`.
#[server(name = RenameUnit, prefix = "/api", endpoint = "organisation/rename_unit")]
pub async fn rename_unit(unit: Uuid, before: String, new_name: String) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::ManageOrganisation)?;
    let pool = crate::state::app_state()?.pool;
    super::steps::rename_unit(&pool, (&access).into(), unit, &before, &new_name).await
}

/// Closes a unit without people and sub-units, or opens it again.
#[server(name = SetUnitActive, prefix = "/api", endpoint = "organisation/set_unit_active")]
pub async fn set_unit_active(unit: Uuid, active: bool) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::ManageOrganisation)?;
    let state = crate::state::app_state()?;
    let today = state.clock.today();
    super::steps::set_unit_active(&state.pool, (&access).into(), unit, active, today).await
}

/// Adds a person with a first post.
#[server(name = AddPerson, prefix = "/api", endpoint = "organisation/add_person")]
pub async fn add_person(person: PersonForm) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::ManageOrganisation)?;
    let pool = crate::state::app_state()?.pool;
    super::steps::add_person(&pool, (&access).into(), person)
        .await
        .map(drop)
}

/// Corrects the name and task group of a person that was seen in `version`.
#[server(name = ChangePerson, prefix = "/api", endpoint = "organisation/change_person")]
pub async fn change_person(
    officer: Uuid,
    version: i32,
    full_name: String,
    #[server(default)] task_group: String,
) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::ManageOrganisation)?;
    let pool = crate::state::app_state()?.pool;
    super::steps::change_person(
        &pool,
        (&access).into(),
        officer,
        version,
        &full_name,
        &task_group,
    )
    .await
}

/// Gives a person another post; the one named in `ends` ends the day before.
#[server(name = AddPost, prefix = "/api", endpoint = "organisation/add_post")]
pub async fn add_post(appointment: PostForm) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::ManageOrganisation)?;
    let pool = crate::state::app_state()?.pool;
    super::steps::add_post(&pool, (&access).into(), appointment)
        .await
        .map(drop)
}

/// Ends a post on a day.
#[server(name = EndPost, prefix = "/api", endpoint = "organisation/end_post")]
pub async fn end_post(post: Uuid, until_day: String) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::ManageOrganisation)?;
    let pool = crate::state::app_state()?.pool;
    super::steps::end_post(&pool, (&access).into(), post, &until_day).await
}

/// Holidays of this year and the next, with their names.
#[server(name = LoadHolidays, prefix = "/api", endpoint = "organisation/holidays", input = GetUrl)]
pub async fn load_holidays() -> Result<Vec<(NaiveDate, String)>, AppError> {
    let access = crate::auth::require(kpi::permission::Permission::ManagePeriod)?;
    let state = crate::state::app_state()?;
    super::list::holidays(&state.pool, access.agency(), state.clock.today()).await
}

/// Adds a holiday, or renames it.
#[server(name = AddHoliday, prefix = "/api", endpoint = "organisation/add_holiday")]
pub async fn add_holiday(holiday: String, holiday_name: String) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::ManagePeriod)?;
    let pool = crate::state::app_state()?.pool;
    super::steps::add_holiday(&pool, (&access).into(), &holiday, &holiday_name).await
}

/// Makes a holiday a working day again.
#[server(name = RemoveHoliday, prefix = "/api", endpoint = "organisation/remove_holiday")]
pub async fn remove_holiday(holiday: NaiveDate) -> Result<(), AppError> {
    let access = crate::auth::require(kpi::permission::Permission::ManagePeriod)?;
    let pool = crate::state::app_state()?.pool;
    super::steps::remove_holiday(&pool, (&access).into(), holiday).await
}

/// The form of a new person, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonForm {
    /// Personnel number.
    pub officer_code: String,
    /// Full name.
    pub full_name: String,
    /// Group of similar tasks; added when it is new; none when empty.
    #[serde(default)]
    pub task_group: String,
    /// Unit of the first post.
    pub unit: String,
    /// head, deputy or staff.
    pub kind: String,
    /// Title as appointed.
    pub title: String,
    /// First day.
    pub from_day: String,
}

/// The form of another post, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostForm {
    /// Whose post.
    pub officer: String,
    /// The post that ends the day before; none when empty.
    #[serde(default)]
    pub ends: String,
    /// Unit of the new post.
    pub unit: String,
    /// head, deputy or staff.
    pub kind: String,
    /// Title as appointed.
    pub title: String,
    /// First day.
    pub from_day: String,
    /// regular, secondment or probation; regular when empty.
    #[serde(default)]
    pub arrangement: String,
}
