//! kill -9 of the server, of the postmaster, and of both, during writes: every acknowledged report is there afterwards, and
//! so is its sealed audit row, which the server's own role cannot touch.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::as_conversions,
    reason = "a test fails by panicking"
)]

mod client;

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use client::{Client, form};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use sqlx::PgPool;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use uuid::Uuid;

const ROUNDS: usize = 20;
const WRITERS: usize = 4;
/// How long a start, a recovery or a round of writes may take before the test gives up.
const LIMIT: Duration = Duration::from_secs(90);

#[derive(Clone, Copy, Debug)]
enum Victim {
    Server,
    Postmaster,
    Both,
}

struct Assignment {
    id: Uuid,
    quantity: String,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_acknowledged_report_is_lost() {
    let home = Home::new();
    let mut server = home.start();
    home.ready(&mut server).await;
    let cookie = home.client().sign_in("canbo", "cong-tam-demo-2026").await;
    let mut acknowledged: Vec<String> = Vec::new();
    for round in 0..ROUNDS {
        let victim = [Victim::Server, Victim::Postmaster, Victim::Both][round % 3];
        let writing = Writing::start(&home, &cookie, round).await;
        writing.until(10 + round).await;
        let postmaster = home.postmaster();
        if matches!(victim, Victim::Server | Victim::Both) {
            server.kill().unwrap();
        }
        if matches!(victim, Victim::Postmaster | Victim::Both) {
            kill(postmaster, Signal::SIGKILL).unwrap();
        }
        if matches!(victim, Victim::Server | Victim::Both) {
            server.wait().unwrap();
            server = home.start();
        }
        acknowledged.extend(writing.stop().await);
        let pool = home.pool().await;
        home.ready(&mut server).await;
        let stored: Vec<String> =
            sqlx::query_scalar("select note from progress_report where note like 'sống sót %'")
                .fetch_all(&pool)
                .await
                .unwrap();
        let lost: Vec<&String> = acknowledged
            .iter()
            .filter(|note| !stored.contains(note))
            .collect();
        assert!(
            lost.is_empty(),
            "round {round}, {victim:?} killed: lost {lost:?}"
        );
        pool.close().await;
    }
    assert!(
        acknowledged.len() >= ROUNDS * 10,
        "only {} reports were acknowledged",
        acknowledged.len()
    );
    home.the_servers_role_cannot_touch_the_log().await;
    kill(
        Pid::from_raw(server.id().try_into().unwrap()),
        Signal::SIGTERM,
    )
    .unwrap();
    assert!(
        server.wait().unwrap().success(),
        "an orderly stop after all that"
    );
    let checked = home.verify_audit();
    assert!(checked.contains("dòng nguyên vẹn"), "{checked}");
    assert!(!checked.contains("chờ niêm phong"), "{checked}");
    let rows: usize = checked
        .split(": ")
        .nth(1)
        .and_then(|rest| rest.split(' ').next()?.parse().ok())
        .unwrap();
    assert!(rows >= acknowledged.len(), "{checked}");
}

/// Tasks that report progress until they are told to stop or the server is gone.
struct Writing {
    tasks: Vec<tokio::task::JoinHandle<()>>,
    acknowledged: Arc<Mutex<Vec<String>>>,
    count: Arc<AtomicUsize>,
}

impl Writing {
    async fn start(home: &Home, cookie: &str, round: usize) -> Self {
        let pool = home.pool().await;
        let acknowledged = Arc::new(Mutex::new(Vec::new()));
        let count = Arc::new(AtomicUsize::new(0));
        let mut tasks = Vec::new();
        for (writer, assignment) in home.assignments(&pool).await.into_iter().enumerate() {
            let version: i32 =
                sqlx::query_scalar("select version from assignment where assignment_id = $1")
                    .bind(assignment.id)
                    .fetch_one(&pool)
                    .await
                    .unwrap();
            let (client, cookie) = (home.client(), cookie.to_owned());
            let (acknowledged, count) = (acknowledged.clone(), count.clone());
            tasks.push(tokio::spawn(async move {
                let mut version = version;
                for number in 0.. {
                    let note = format!("sống sót {round}-{writer}-{number}");
                    let body = form(&[
                        ("period", "2026-11"),
                        ("assignment", &assignment.id.to_string()),
                        ("quantity_done", &assignment.quantity),
                        ("work_day", "2026-11-16"),
                        ("note", &note),
                        ("version", &version.to_string()),
                        ("key", &Uuid::now_v7().to_string()),
                    ]);
                    match client.post("/api/progress/report", &cookie, &body).await {
                        Ok(200) => {
                            version += 1;
                            acknowledged.lock().unwrap().push(note);
                            count.fetch_add(1, Ordering::SeqCst);
                        }
                        // Killed in the middle: whether it was stored is unknown, and nobody was told so.
                        _ => return,
                    }
                }
            }));
        }
        pool.close().await;
        Self {
            tasks,
            acknowledged,
            count,
        }
    }

    /// Waits until `wanted` reports were acknowledged.
    async fn until(&self, wanted: usize) {
        let begin = Instant::now();
        while self.count.load(Ordering::SeqCst) < wanted {
            assert!(begin.elapsed() < LIMIT, "the writers do not write");
            assert!(
                !self.tasks.iter().all(tokio::task::JoinHandle::is_finished),
                "every report is refused"
            );
            tokio::task::yield_now().await;
        }
    }

    async fn stop(self) -> Vec<String> {
        for task in &self.tasks {
            task.abort();
        }
        for task in self.tasks {
            let _ = task.await;
        }
        Arc::into_inner(self.acknowledged)
            .unwrap()
            .into_inner()
            .unwrap()
    }
}

/// A data folder, an empty site and a port.
struct Home {
    folder: PathBuf,
    port: u16,
}

impl Home {
    fn new() -> Self {
        use std::os::unix::fs::PermissionsExt;
        let folder = std::env::temp_dir().join(format!("congtam-survival-{}", std::process::id()));
        std::fs::create_dir_all(folder.join("site/pkg")).unwrap();
        std::fs::write(folder.join("site/hash.txt"), "js: a\nwasm: b\ncss: c\n").unwrap();
        // The cluster runs as another account when this is root: that one must get through.
        std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o755)).unwrap();
        let port = std::net::TcpListener::bind("127.0.0.1:0")
            .unwrap()
            .local_addr()
            .unwrap()
            .port();
        Self { folder, port }
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    fn start(&self) -> Child {
        let log = std::fs::OpenOptions::new()
            .create(true)
            .append(true)
            .open(self.folder.join("log"))
            .unwrap();
        Command::new(env!("CARGO_BIN_EXE_congtam"))
            .args([
                "serve",
                "--demo",
                "--today",
                "2026-11-16",
                "--listen",
                &format!("127.0.0.1:{}", self.port),
            ])
            .arg("--data-dir")
            .arg(self.data())
            .arg("--site")
            .arg(self.folder.join("site"))
            .env_remove("DATABASE_URL")
            .stdin(Stdio::null())
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .spawn()
            .unwrap()
    }

    fn client(&self) -> Client {
        Client { port: self.port }
    }

    async fn ready(&self, server: &mut Child) {
        let begin = Instant::now();
        while self.client().get("/readyz", "").await != Ok(200) {
            if let Some(ended) = server.try_wait().unwrap() {
                panic!("the server ended with {ended}: {}", self.log());
            }
            assert!(begin.elapsed() < LIMIT, "not ready: {}", self.log());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    fn log(&self) -> String {
        let log = std::fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        log.lines().rev().take(20).collect::<Vec<_>>().join("\n")
    }

    fn postmaster(&self) -> Pid {
        let file = std::fs::read_to_string(self.data().join("cluster/postmaster.pid")).unwrap();
        Pid::from_raw(file.lines().next().unwrap().trim().parse().unwrap())
    }

    /// What `congtam verify-audit` says, with the server stopped.
    fn verify_audit(&self) -> String {
        let output = Command::new(env!("CARGO_BIN_EXE_congtam"))
            .arg("verify-audit")
            .arg("--data-dir")
            .arg(self.data())
            .env_remove("DATABASE_URL")
            .output()
            .unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success(), "{said}");
        said
    }

    async fn the_servers_role_cannot_touch_the_log(&self) {
        let pool = self.pool_of("congtam_app").await;
        for act in [
            "update audit set action = action",
            "delete from audit",
            "truncate audit",
            "insert into audit (agency_id, audit_id, at, action, subject_kind)
             select agency_id, gen_random_uuid(), '2020-01-01', 'earlier', 'sheet' from agency",
            "update audit_seal set hash = hash",
            "delete from audit_seal",
            "truncate audit_seal",
            "delete from audit_head",
            "insert into audit_waiting select agency_id, audit_id from audit",
            "alter table audit disable trigger all",
            "drop trigger audit_waits on audit",
            "create or replace function refuse_audit_change() returns trigger language plpgsql as 'begin return null; end'",
            "create table mine (id int)",
            "set session_replication_role = replica",
            "set role congtam",
            "alter role congtam_app superuser",
            "update _sqlx_migrations set success = false",
        ] {
            let refused = sqlx::query(act).execute(&pool).await.unwrap_err();
            let code = refused.as_database_error().and_then(|error| error.code());
            assert_eq!(code.as_deref(), Some("42501"), "{act}: {refused}");
        }
        pool.close().await;
    }

    async fn pool(&self) -> PgPool {
        self.pool_of("congtam").await
    }

    async fn pool_of(&self, role: &str) -> PgPool {
        let options = PgConnectOptions::new()
            .socket(socket_folder(&self.data()))
            .username(role)
            .database("congtam");
        // A killed postmaster needs its recovery; its orphaned backends may answer for a moment longer.
        let begin = Instant::now();
        loop {
            let pool = PgPoolOptions::new()
                .max_connections(2)
                .connect_with(options.clone())
                .await;
            match pool {
                Ok(pool) => return pool,
                Err(error) => assert!(begin.elapsed() < LIMIT, "no database: {error}"),
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// The officer's own work of the month.
    async fn assignments(&self, pool: &PgPool) -> Vec<Assignment> {
        let rows: Vec<(Uuid, rust_decimal::Decimal)> = sqlx::query_as(
            "select a.assignment_id, a.quantity_done from assignment a
             join account c on c.agency_id = a.agency_id and c.officer_id = a.officer_id
             where c.login = 'canbo' and a.period = '2026-11-01' and a.status = 'active'
             order by a.assignment_id limit $1",
        )
        .bind(i64::try_from(WRITERS).unwrap())
        .fetch_all(pool)
        .await
        .unwrap();
        assert!(!rows.is_empty(), "the demo officer has work");
        rows.into_iter()
            .map(|(id, done)| Assignment {
                id,
                quantity: done.normalize().to_string(),
            })
            .collect()
    }
}

fn socket_folder(data: &Path) -> PathBuf {
    data.join("socket")
}

impl Drop for Home {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
