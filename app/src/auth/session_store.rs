//! Sessions as rows: hashed token, idle and absolute limits, a list that its owner can end.

use async_trait::async_trait;
use sha2::{Digest, Sha256};
use sqlx::PgPool;
use tower_sessions::SessionStore;
use tower_sessions::session::{Id, Record};
use tower_sessions::session_store::{Error, Result};
use uuid::Uuid;

use super::guard::{ACCOUNT, ADDRESS, AGENCY, AGENT};

/// Minutes without a request after which a session ends.
pub const IDLE_MINUTES: i32 = 60;
/// Hours after sign-in at which a session ends in any case: a working day.
pub const ABSOLUTE_HOURS: i32 = 10;

/// Keeps sessions in the table `session`.
#[derive(Clone, Debug)]
pub struct PgSessionStore(pub PgPool);

fn token_hash(id: Id) -> Vec<u8> {
    Sha256::digest(id.0.to_le_bytes()).to_vec()
}

fn uuid(record: &Record, key: &str) -> Option<Uuid> {
    record.data.get(key)?.as_str()?.parse().ok()
}

fn text(record: &Record, key: &str) -> Option<String> {
    record.data.get(key)?.as_str().map(ToOwned::to_owned)
}

#[async_trait]
impl SessionStore for PgSessionStore {
    async fn create(&self, record: &mut Record) -> Result<()> {
        // 128 random bits: a collision means a broken generator, and the primary key refuses it.
        self.save(record).await
    }

    async fn save(&self, record: &Record) -> Result<()> {
        let data =
            serde_json::to_value(&record.data).map_err(|error| Error::Encode(error.to_string()))?;
        sqlx::query!(
            "insert into session (token_hash, session_id, agency_id, account_id, data, address, agent, expires_at)
             values ($1, $2, $3, $4, $5, $6, $7, now() + make_interval(hours => $8))
             on conflict (token_hash) do update set
                agency_id = excluded.agency_id, account_id = excluded.account_id, data = excluded.data,
                address = excluded.address, agent = excluded.agent",
            token_hash(record.id),
            Uuid::now_v7(),
            uuid(record, AGENCY),
            uuid(record, ACCOUNT),
            data,
            text(record, ADDRESS),
            text(record, AGENT),
            ABSOLUTE_HOURS
        )
        .execute(&self.0)
        .await
        .map_err(|error| Error::Backend(error.to_string()))?;
        Ok(())
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let hash = token_hash(*id);
        let row = sqlx::query!(
            r#"select data, seen_at < now() - interval '1 minute' as "stale!" from session
               where token_hash = $1 and expires_at > now() and seen_at > now() - make_interval(mins => $2)"#,
            hash,
            IDLE_MINUTES
        )
        .fetch_optional(&self.0)
        .await
        .map_err(|error| Error::Backend(error.to_string()))?;
        let Some(row) = row else { return Ok(None) };
        if row.stale {
            sqlx::query!(
                "update session set seen_at = now() where token_hash = $1",
                hash
            )
            .execute(&self.0)
            .await
            .map_err(|error| Error::Backend(error.to_string()))?;
        }
        let data =
            serde_json::from_value(row.data).map_err(|error| Error::Decode(error.to_string()))?;
        // The limits are the database's; the record's own date must merely lie ahead.
        let expiry_date =
            time::OffsetDateTime::now_utc() + time::Duration::hours(i64::from(ABSOLUTE_HOURS));
        Ok(Some(Record {
            id: *id,
            data,
            expiry_date,
        }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        sqlx::query!("delete from session where token_hash = $1", token_hash(*id))
            .execute(&self.0)
            .await
            .map_err(|error| Error::Backend(error.to_string()))?;
        Ok(())
    }
}
