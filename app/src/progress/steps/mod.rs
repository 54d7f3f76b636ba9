//! The steps of reporting, delivering and asking for a cause: each one transaction, from the lock to the audit row.

mod cause;
mod deliver;
mod report;

use chrono::NaiveDate;
use kpi::period::Period;
use serde_json::Value;
use sqlx::{PgConnection, PgPool, Postgres, Transaction};
use uuid::Uuid;

use super::store::{self, Deliverable};
use crate::assignment::month_lock::Month;
use crate::assignment::store::{Assigned, find};
use crate::assignment::{figures, steps::must_be_active, typed};
use crate::auth::{Access, take_key};
use crate::error::AppError;
use crate::{audit, live, org};

pub use cause::{CauseRequest, Concerns, request_cause};
pub use deliver::{deliver, redeliver, withdraw};
pub use report::{Report, report};

/// Where an act happens: who acts, on which day, in which month.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// Who acts.
    pub access: &'a Access,
    /// Today.
    pub today: NaiveDate,
    /// The month.
    pub period: Period,
    /// Key of the form.
    pub key: Uuid,
}

impl<'a> Scene<'a> {
    /// A scene in the month that the form names.
    ///
    /// # Errors
    /// `Invalid` on `period`.
    pub fn new(
        access: &'a Access,
        today: NaiveDate,
        period: &str,
        key: Uuid,
    ) -> Result<Self, AppError> {
        let period = typed::period(period)?;
        Ok(Self {
            access,
            today,
            period,
            key,
        })
    }

    /// Opens the transaction of an act on the own month; none when this form was carried out before.
    pub(in crate::progress) async fn begin(
        &self,
        pool: &PgPool,
    ) -> Result<Option<(Transaction<'static, Postgres>, Month)>, AppError> {
        let officer = self.access.officer()?;
        let mut db = pool.begin().await?;
        if !take_key(&mut db, self.access, self.key).await? {
            return Ok(None);
        }
        let agency = self.access.actor.agency;
        let month = Month::lock(&mut db, agency, self.period, officer, self.today).await?;
        month.must_be_open(&mut db).await?;
        Ok(Some((db, month)))
    }

    pub(in crate::progress) async fn finish(
        &self,
        mut db: Transaction<'static, Postgres>,
        month: &Month,
        action: &str,
        subject: (&str, Uuid),
        detail: Value,
    ) -> Result<(), AppError> {
        let actor = &self.access.actor;
        let subject = (subject.0, Some(subject.1));
        audit::write(
            &mut db,
            actor.agency,
            actor.audit(),
            action,
            subject,
            detail,
        )
        .await?;
        figures::recompute(&mut db, month, action).await?;
        db.commit().await?;
        Ok(())
    }

    /// The own active assignment; another person's does not exist for the actor.
    pub(in crate::progress) async fn assignment(
        &self,
        db: &mut PgConnection,
        month: &Month,
        assignment: Uuid,
    ) -> Result<Assigned, AppError> {
        let assigned = find(db, month.agency, month.period, assignment).await?;
        if assigned.officer != month.officer.0 {
            return Err(AppError::NotFound);
        }
        must_be_active(&assigned)?;
        Ok(assigned)
    }

    pub(super) async fn deliverable(
        &self,
        db: &mut PgConnection,
        month: &Month,
        deliverable: Uuid,
    ) -> Result<Deliverable, AppError> {
        let found = store::find_deliverable(db, month.agency, month.period, deliverable).await?;
        if found.officer != month.officer.0 {
            return Err(AppError::NotFound);
        }
        Ok(found)
    }

    /// Tells the direct superior that something waits for him; a person without one is told nothing.
    pub(super) async fn tell_superior(
        &self,
        db: &mut PgConnection,
        text: &str,
    ) -> Result<(), AppError> {
        let (agency, officer) = (self.access.agency(), self.access.officer()?);
        match org::direct_superior(&mut *db, agency, officer, self.today).await? {
            Some(superior) => {
                let link = format!("/review/{officer}?period={}", self.period);
                live::notify(db, agency, superior, text, &link).await
            }
            None => Ok(()),
        }
    }
}
