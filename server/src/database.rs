//! The connected, migrated database: who owns it, and the lesser role under which the server works.

use std::path::Path;
use std::time::Duration;

use sqlx::PgPool;
use sqlx::migrate::Migrator;
use sqlx::postgres::PgPoolOptions;

use crate::config::DatabaseArgs;
use crate::postgres::{APP_ROLE, PostgresError, PrivatePostgres, Urls, default_data_dir};

/// Forward-only migrations, compiled in.
pub static MIGRATIONS: Migrator = sqlx::migrate!("../migrations");

/// A connected, migrated database, and the private PostgreSQL behind it if there is one.
pub struct Database {
    /// The request pool. Its role can neither change the audit log nor its own rights, unless [`Database::unguarded`].
    pub pool: PgPool,
    /// Where LISTEN connects.
    pub listen_url: String,
    /// Name of the request pool's role when it owns the tables, so that nothing but triggers keeps it from changing
    /// the audit log.
    pub unguarded: Option<String>,
    /// As the owner of the tables, until [`Database::forget_owner`].
    owner: Option<PgPool>,
    pub(crate) private: Option<PrivatePostgres>,
}

impl Database {
    /// Connects, starting the private PostgreSQL when no other is named, and applies the migrations.
    ///
    /// # Errors
    /// One clear sentence.
    pub async fn open(args: &DatabaseArgs) -> Result<Self, String> {
        Self::open_with(args, |_, error| Err(error.to_string())).await
    }

    /// As [`Database::open`], for a command that may run beside a server: when that server holds the private
    /// PostgreSQL, it is used where it runs, and left running.
    ///
    /// # Errors
    /// One clear sentence.
    pub async fn open_beside_server(args: &DatabaseArgs) -> Result<Self, String> {
        Self::open_with(args, |folder, error| match error {
            PostgresError::InUse { .. } => PrivatePostgres::running_urls(folder).ok_or_else(|| {
                format!("{error} Nếu máy chủ đang chạy, hãy thử lại khi nó đã sẵn sàng, hoặc đặt DATABASE_URL.")
            }),
            _ => Err(error.to_string()),
        })
        .await
    }

    async fn open_with(
        args: &DatabaseArgs,
        instead: impl FnOnce(&Path, PostgresError) -> Result<Urls, String>,
    ) -> Result<Self, String> {
        args.check()?;
        if let Some(url) = &args.database_url {
            let mut database = Self::connect(url, args.owner_url.as_deref(), false).await?;
            if let Some(listen_url) = &args.listen_url {
                database.listen_url.clone_from(listen_url);
            }
            return Ok(database);
        }
        let folder = match &args.data_dir {
            Some(folder) => folder.clone(),
            None => default_data_dir().map_err(|error| error.to_string())?,
        };
        let (urls, private) = match PrivatePostgres::start(&folder).await {
            Ok(private) => (private.urls(), Some(private)),
            Err(error) => (instead(&folder, error)?, None),
        };
        match Self::connect(&urls.app, Some(&urls.owner), true).await {
            Ok(database) => Ok(Self {
                private,
                ..database
            }),
            Err(sentence) => {
                if let Some(private) = private {
                    let _ = private.stop().await;
                }
                Err(sentence)
            }
        }
    }

    /// Applies the migrations as the owner, gives the request pool's role its rights, and connects as that role.
    async fn connect(url: &str, owner_url: Option<&str>, is_private: bool) -> Result<Self, String> {
        let owner = match owner_url {
            Some(owner_url) => Some(pool(owner_url, 4).await?),
            None => None,
        };
        if let Some(owner) = owner.as_ref().filter(|_| is_private) {
            make_role(owner).await.map_err(refused)?;
        }
        let pool = pool(url, 24).await?;
        MIGRATIONS
            .run(owner.as_ref().unwrap_or(&pool))
            .await
            .map_err(|error| format!("Không cập nhật được cấu trúc cơ sở dữ liệu: {error}"))?;
        if let Some(owner) = &owner {
            grant(owner, &pool).await.map_err(refused)?;
        }
        Ok(Self {
            unguarded: owning_role(&pool).await.map_err(refused)?,
            pool,
            listen_url: url.to_owned(),
            owner,
            private: None,
        })
    }

    /// For what only an owner may do: filling an empty database in bulk. The request pool where no owner is known.
    pub fn owner(&self) -> &PgPool {
        self.owner.as_ref().unwrap_or(&self.pool)
    }

    /// Gives up the owner's connections: what serves visitors keeps no way to them.
    pub async fn forget_owner(&mut self) {
        if let Some(owner) = self.owner.take() {
            owner.close().await;
        }
    }

    /// Closes the pools and stops the private PostgreSQL.
    pub async fn close(mut self) {
        self.forget_owner().await;
        self.pool.close().await;
        if let Some(private) = self.private
            && let Err(error) = private.stop().await
        {
            tracing::error!(%error, "the private PostgreSQL did not stop cleanly");
        }
    }
}

fn refused(error: sqlx::Error) -> String {
    format!("Không cấp được quyền trong cơ sở dữ liệu cho máy chủ: {error}")
}

async fn pool(url: &str, most: u32) -> Result<PgPool, String> {
    PgPoolOptions::new()
        .max_connections(most)
        .acquire_timeout(Duration::from_secs(5))
        .connect(url)
        .await
        .map_err(|error| format!("Không kết nối được cơ sở dữ liệu: {error}"))
}

/// Makes the request pool's role of the private PostgreSQL. It has no password: the socket lets in by account.
/// Not checked against a schema like other statements: roles are in none.
async fn make_role(owner: &PgPool) -> sqlx::Result<()> {
    let there: bool = sqlx::query_scalar("select exists (select from pg_roles where rolname = $1)")
        .bind(APP_ROLE)
        .fetch_one(owner)
        .await?;
    if !there {
        sqlx::raw_sql("create role congtam_app login nosuperuser nocreatedb nocreaterole")
            .execute(owner)
            .await?;
    }
    Ok(())
}

/// Gives the role of `pool` what the product needs and no more, after every start: migrations bring new tables.
async fn grant(owner: &PgPool, pool: &PgPool) -> sqlx::Result<()> {
    let role: String = sqlx::query_scalar("select current_user::text")
        .fetch_one(pool)
        .await?;
    let mut db = owner.begin().await?;
    sqlx::query("select set_config('congtam.role', $1, true)")
        .bind(role)
        .execute(&mut *db)
        .await?;
    sqlx::raw_sql(include_str!("grants.sql"))
        .execute(&mut *db)
        .await?;
    db.commit().await
}

/// The role of the pool, if it owns the audit log or is above every right.
async fn owning_role(pool: &PgPool) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar(
        "select current_user::text from pg_class c join pg_roles r on r.rolname = current_user
         where c.oid = 'audit'::regclass and (r.rolsuper or pg_has_role(c.relowner, 'usage'))",
    )
    .fetch_optional(pool)
    .await
}
