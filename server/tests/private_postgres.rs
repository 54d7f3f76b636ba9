//! The private PostgreSQL on real programs: made, kept, adopted, recovered, guarded.
//! Run as root, everything is run once more as an ordinary user. A "server" that is killed is this test program again,
//! in the part [`server_process`].

#![expect(
    clippy::unwrap_used,
    reason = "the functions the tests share are tests too"
)]

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::{Pid, User, geteuid};
use server::postgres::{PostgresError, PrivatePostgres, default_data_dir};
use sqlx::postgres::PgPoolOptions;
use sqlx::{Connection, PgConnection};

/// Data folder of the "server" of [`server_process`].
const SERVED: &str = "CONGTAM_TEST_SERVED_FOLDER";

/// A folder of one test, short, passable for other accounts, gone afterwards with the postmaster in it.
struct Place(PathBuf);

impl Place {
    fn new(name: &str) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("ct-{name}-{}-{number}", std::process::id()));
        fs::create_dir(&path).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        Self(path)
    }

    fn data(&self) -> PathBuf {
        self.0.join("data")
    }

    fn postmaster_pid(&self) -> i32 {
        let words = fs::read_to_string(self.data().join("cluster/postmaster.pid")).unwrap();
        words.lines().next().unwrap().parse().unwrap()
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        // Only when a test failed half way is there a postmaster left to end.
        let cluster = self.data().join("cluster");
        if let Ok(words) = fs::read_to_string(cluster.join("postmaster.pid"))
            && let Some(Ok(pid)) = words.lines().next().map(str::parse)
            && fs::read_link(format!("/proc/{pid}/cwd")).is_ok_and(|cwd| cwd == cluster)
        {
            let _ = kill(Pid::from_raw(pid), Signal::SIGQUIT);
            std::thread::sleep(Duration::from_millis(500));
        }
        let _ = fs::remove_dir_all(&self.0);
    }
}

async fn connect(postgres: &PrivatePostgres) -> PgConnection {
    PgConnection::connect(&postgres.urls().owner).await.unwrap()
}

async fn setting(connection: &mut PgConnection, name: &str) -> String {
    sqlx::query_scalar("select current_setting($1)")
        .bind(name)
        .fetch_one(connection)
        .await
        .unwrap()
}

async fn write_row(postgres: &PrivatePostgres, words: &str) {
    let mut connection = connect(postgres).await;
    sqlx::query("create table if not exists kept (words text not null)")
        .execute(&mut connection)
        .await
        .unwrap();
    sqlx::query("insert into kept values ($1)")
        .bind(words)
        .execute(&mut connection)
        .await
        .unwrap();
}

async fn rows(postgres: &PrivatePostgres) -> Vec<String> {
    let mut connection = connect(postgres).await;
    sqlx::query_scalar("select words from kept order by words")
        .fetch_all(&mut connection)
        .await
        .unwrap()
}

fn kill_now(pid: i32) {
    kill(Pid::from_raw(pid), Signal::SIGKILL).unwrap();
}

fn process_exists(pid: i32) -> bool {
    // A zombie has no working folder.
    fs::read_link(format!("/proc/{pid}/cwd")).is_ok()
}

/// This program again, as a server on the folder; returns when its PostgreSQL is up.
fn spawn_server(data: &Path) -> Child {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "server_process", "--ignored", "--nocapture"])
        .env(SERVED, data)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.as_mut().unwrap()).lines();
    let up = lines.any(|line| line.unwrap().contains("server is up"));
    assert!(up, "the server process ended before its PostgreSQL was up");
    child
}

fn kill_server(mut server: Child) {
    server.kill().unwrap();
    server.wait().unwrap();
}

#[tokio::test]
#[ignore = "the server process of the other tests, which start it with a folder"]
async fn server_process() {
    let data = std::env::var_os(SERVED).expect("only other tests start this");
    let mut interrupt =
        tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()).unwrap();
    let mut postgres = PrivatePostgres::start(Path::new(&data)).await.unwrap();
    println!("server is up");
    tokio::select! {
        _ = postgres.keep_alive() => {}
        _ = interrupt.recv() => {}
    }
    postgres.stop().await.unwrap();
}

#[tokio::test]
async fn first_start_makes_a_safe_cluster_in_vietnamese_order() {
    let place = Place::new("first");
    let began = Instant::now();
    let postgres = PrivatePostgres::start(&place.data()).await.unwrap();
    println!("first start: {:?}", began.elapsed());
    let mut connection = connect(&postgres).await;
    for (name, value) in [
        ("fsync", "on"),
        ("full_page_writes", "on"),
        ("synchronous_commit", "on"),
        ("data_checksums", "on"),
        ("listen_addresses", ""),
        ("max_connections", "200"),
        ("shared_buffers", "128MB"),
        ("jit", "off"),
        ("server_encoding", "UTF8"),
    ] {
        assert_eq!(setting(&mut connection, name).await, value, "{name}");
    }
    assert_ne!(setting(&mut connection, "wal_compression").await, "off");
    let database: String = sqlx::query_scalar("select current_database()::text")
        .fetch_one(&mut connection)
        .await
        .unwrap();
    assert_eq!(database, "congtam");
    // Đ follows D in Vietnamese and precedes E; by code points it would come last.
    let sorted: Vec<String> = sqlx::query_scalar(
        "select x from unnest(array['Em','Đào','Dung','Ân','An','Ba']) x order by x",
    )
    .fetch_all(&mut connection)
    .await
    .unwrap();
    assert_eq!(sorted, ["An", "Ân", "Ba", "Dung", "Đào", "Em"]);
    let words: String = sqlx::query_scalar("select to_tsvector('ĐÁNH giá')::text")
        .fetch_one(&mut connection)
        .await
        .unwrap();
    assert_eq!(words, "'giá':2 'đánh':1");
    drop(connection);
    let options = sqlx::postgres::PgPool::connect_with(postgres.connect_options())
        .await
        .unwrap();
    options.close().await;
    assert!(!postgres.is_adopted());
    postgres.stop().await.unwrap();
}

#[tokio::test]
async fn data_is_kept_across_an_orderly_stop() {
    let place = Place::new("kept");
    let postgres = PrivatePostgres::start(&place.data()).await.unwrap();
    write_row(&postgres, "một").await;
    let pid = postgres.pid().unwrap();
    // A client that stays must not keep the stop waiting.
    let lingering = connect(&postgres).await;
    let began = Instant::now();
    postgres.stop().await.unwrap();
    println!("stop: {:?}", began.elapsed());
    assert!(!process_exists(pid));
    assert!(!place.data().join("cluster/postmaster.pid").exists());
    drop(lingering);

    let began = Instant::now();
    let postgres = PrivatePostgres::start(&place.data()).await.unwrap();
    println!("later start: {:?}", began.elapsed());
    assert_eq!(rows(&postgres).await, ["một"]);
    postgres.stop().await.unwrap();
}

#[tokio::test]
async fn postmaster_of_a_killed_server_is_adopted() {
    let place = Place::new("adopted");
    let server = spawn_server(&place.data());
    let pid = place.postmaster_pid();
    kill_server(server);
    assert!(
        process_exists(pid),
        "the postmaster must survive its server"
    );

    let began = Instant::now();
    let postgres = PrivatePostgres::start(&place.data()).await.unwrap();
    println!("adoption: {:?}", began.elapsed());
    assert!(postgres.is_adopted());
    assert_eq!(postgres.pid(), Some(pid));
    write_row(&postgres, "một").await;
    postgres.stop().await.unwrap();
    assert!(!process_exists(pid), "an adopted postmaster is stopped too");
}

#[tokio::test]
async fn terminated_server_stops_its_postmaster() {
    let place = Place::new("term");
    let mut server = spawn_server(&place.data());
    let pid = place.postmaster_pid();
    let server_pid = Pid::from_raw(i32::try_from(server.id()).unwrap());
    kill(server_pid, Signal::SIGTERM).unwrap();
    assert!(server.wait().unwrap().success());
    assert!(!process_exists(pid));
}

#[tokio::test]
async fn dropped_value_asks_the_postmaster_to_stop_and_the_next_start_waits_for_it() {
    let place = Place::new("dropped");
    let postgres = PrivatePostgres::start(&place.data()).await.unwrap();
    write_row(&postgres, "một").await;
    let old = postgres.pid().unwrap();
    drop(postgres);
    let postgres = PrivatePostgres::start(&place.data()).await.unwrap();
    assert_ne!(postgres.pid(), Some(old));
    assert_eq!(rows(&postgres).await, ["một"]);
    postgres.stop().await.unwrap();
}

#[tokio::test]
async fn postmaster_that_waits_for_its_clients_is_stopped_and_replaced() {
    let place = Place::new("smart");
    let server = spawn_server(&place.data());
    let pid = place.postmaster_pid();
    let socket = place.data().join("socket");
    let url = format!(
        "postgres://congtam@localhost/congtam?host={}",
        socket.display()
    );
    let lingering = PgConnection::connect(&url).await.unwrap();
    kill_server(server);
    // What a service manager sends to every process of a unit: PostgreSQL then waits for the last client.
    kill(Pid::from_raw(pid), Signal::SIGTERM).unwrap();
    let postgres = PrivatePostgres::start(&place.data()).await.unwrap();
    assert_ne!(postgres.pid(), Some(pid));
    drop(lingering);
    postgres.stop().await.unwrap();
}

#[tokio::test]
async fn acknowledged_rows_survive_kill_9_of_postmaster_of_server_and_of_both() {
    let place = Place::new("killed");
    let mut acknowledged: Vec<String> = Vec::new();
    for round in 0..6 {
        let server = spawn_server(&place.data());
        let pid = place.postmaster_pid();
        let socket = place.data().join("socket");
        let url = format!(
            "postgres://congtam@localhost/congtam?host={}",
            socket.display()
        );
        let writer = tokio::spawn(async move {
            let mut connection = PgConnection::connect(&url).await.unwrap();
            sqlx::query("create table if not exists kept (words text not null)")
                .execute(&mut connection)
                .await
                .unwrap();
            let mut written = Vec::new();
            for number in 0..200_000 {
                let words = format!("{round}-{number:06}");
                let insert = sqlx::query("insert into kept values ($1)").bind(&words);
                if insert.execute(&mut connection).await.is_err() {
                    break;
                }
                written.push(words);
            }
            written
        });
        tokio::time::sleep(Duration::from_millis(300)).await;
        match round % 3 {
            0 => {
                kill_now(pid);
                kill_server(server);
            }
            1 => {
                kill_server(server);
                kill_now(pid);
            }
            _ => {
                kill_server(server);
                // Only the server died: its postmaster goes on until an adopting server stops it.
                let adopting = PrivatePostgres::start(&place.data()).await.unwrap();
                assert!(adopting.is_adopted());
                adopting.stop().await.unwrap();
            }
        }
        let written = writer.await.unwrap();
        assert!(!written.is_empty(), "nothing was written before the kill");
        acknowledged.extend(written);
        let began = Instant::now();
        let postgres = PrivatePostgres::start(&place.data()).await.unwrap();
        println!("recovery {round}: {:?}", began.elapsed());
        let found = rows(&postgres).await;
        let lost: Vec<_> = acknowledged
            .iter()
            .filter(|words| found.binary_search(words).is_err())
            .collect();
        assert!(lost.is_empty(), "lost after round {round}: {lost:?}");
        postgres.stop().await.unwrap();
    }
}

#[tokio::test]
async fn running_server_brings_a_killed_postmaster_back() {
    let place = Place::new("revived");
    let mut postgres = PrivatePostgres::start(&place.data()).await.unwrap();
    write_row(&postgres, "một").await;
    let pool = PgPoolOptions::new()
        .connect_with(postgres.connect_options())
        .await
        .unwrap();
    let old = postgres.pid().unwrap();
    kill_now(old);
    let began = Instant::now();
    let back = async {
        loop {
            let count = sqlx::query_scalar::<_, i64>("select count(*) from kept");
            if let Ok(1) = count.fetch_one(&pool).await
                && place.postmaster_pid() != old
            {
                break;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::select! {
        _ = postgres.keep_alive() => {}
        () = back => {}
        () = tokio::time::sleep(Duration::from_secs(30)) => panic!("the postmaster was not brought back"),
    }
    println!("revival: {:?}", began.elapsed());
    pool.close().await;
    postgres.stop().await.unwrap();
}

#[tokio::test]
async fn stale_pid_file_of_no_process_or_of_another_program_is_overcome() {
    let place = Place::new("stale");
    let postgres = PrivatePostgres::start(&place.data()).await.unwrap();
    write_row(&postgres, "một").await;
    postgres.stop().await.unwrap();

    let mut ended = Command::new("true").spawn().unwrap();
    let no_process = ended.id();
    ended.wait().unwrap();
    // A zombie: ended, but nobody asked how.
    let zombie = Command::new("true").spawn().unwrap();
    let mut stranger = sleeper_as_owner(&place.data().join("cluster"));
    let cluster = place.data().join("cluster");
    let lock_files = [
        cluster.join("postmaster.pid"),
        place.data().join("socket/.s.PGSQL.5432.lock"),
    ];
    for (pid, file) in [no_process, zombie.id(), stranger.id()]
        .into_iter()
        .flat_map(|pid| lock_files.iter().map(move |file| (pid, file)))
    {
        let words = format!(
            "{pid}\n{}\n1700000000\n5432\n\n\n\nready   \n",
            cluster.display()
        );
        fs::write(file, words).unwrap();
        let owner = fs::metadata(&cluster).unwrap();
        chown(file, Some(owner.uid()), Some(owner.gid())).unwrap();
        fs::set_permissions(file, fs::Permissions::from_mode(0o600)).unwrap();
        let postgres = PrivatePostgres::start(&place.data()).await.unwrap();
        assert_eq!(rows(&postgres).await, ["một"]);
        postgres.stop().await.unwrap();
    }
    assert!(
        stranger.try_wait().unwrap().is_none(),
        "a stranger's process was ended"
    );
    stranger.kill().unwrap();
    stranger.wait().unwrap();
    drop(zombie);
}

/// A process of the account that owns the folder: its id in `postmaster.pid` makes PostgreSQL refuse to start.
fn sleeper_as_owner(folder: &Path) -> Child {
    use std::os::unix::process::CommandExt;
    let owner = fs::metadata(folder).unwrap();
    let mut command = Command::new("sleep");
    command.arg("600");
    if geteuid().is_root() {
        command.uid(owner.uid()).gid(owner.gid());
    }
    command.spawn().unwrap()
}

#[tokio::test]
async fn second_server_on_the_same_folder_is_refused() {
    let place = Place::new("second");
    let postgres = PrivatePostgres::start(&place.data()).await.unwrap();
    let second = PrivatePostgres::start(&place.data()).await.unwrap_err();
    assert!(matches!(second, PostgresError::InUse { .. }), "{second}");
    let words = second.to_string();
    assert!(
        words.contains("đang được dùng bởi tiến trình khác"),
        "{words}"
    );
    assert!(words.contains(&std::process::id().to_string()), "{words}");
    // The refusal must not have disturbed the first.
    write_row(&postgres, "một").await;
    postgres.stop().await.unwrap();
}

#[tokio::test]
async fn a_command_finds_the_cluster_of_a_running_server() {
    let place = Place::new("beside");
    assert_eq!(PrivatePostgres::running_urls(&place.data()), None);
    let postgres = PrivatePostgres::start(&place.data()).await.unwrap();
    let urls = PrivatePostgres::running_urls(&place.data()).unwrap();
    assert_eq!(urls, postgres.urls());
    PgConnection::connect(&urls.owner).await.unwrap();
    postgres.stop().await.unwrap();
    assert_eq!(PrivatePostgres::running_urls(&place.data()), None);
}

#[tokio::test]
async fn data_of_another_major_version_and_foreign_files_are_refused() {
    let place = Place::new("other");
    let cluster = place.data().join("cluster");
    fs::create_dir_all(&cluster).unwrap();
    fs::set_permissions(place.data(), fs::Permissions::from_mode(0o711)).unwrap();
    fs::write(cluster.join("PG_VERSION"), "9\n").unwrap();
    let refused = PrivatePostgres::start(&place.data()).await.unwrap_err();
    assert!(
        matches!(refused, PostgresError::OtherVersion { data: 9, .. }),
        "{refused}"
    );

    fs::remove_file(cluster.join("PG_VERSION")).unwrap();
    fs::write(cluster.join("notes.txt"), "mine").unwrap();
    let refused = PrivatePostgres::start(&place.data()).await.unwrap_err();
    assert!(
        matches!(refused, PostgresError::NotACluster { .. }),
        "{refused}"
    );
    assert_eq!(
        fs::read_to_string(cluster.join("notes.txt")).unwrap(),
        "mine"
    );
}

#[tokio::test]
async fn start_that_was_killed_while_making_the_cluster_leaves_nothing_in_the_way() {
    let place = Place::new("half");
    let half = place.data().join("cluster.new-1");
    fs::create_dir_all(half.join("base")).unwrap();
    fs::set_permissions(place.data(), fs::Permissions::from_mode(0o711)).unwrap();
    fs::write(half.join("PG_VERSION"), "15\n").unwrap();
    let postgres = PrivatePostgres::start(&place.data()).await.unwrap();
    assert!(!half.exists());
    postgres.stop().await.unwrap();
}

#[tokio::test]
async fn long_folder_names_get_a_short_socket_folder_of_their_own() {
    let place = Place::new("long");
    let data = place.0.join("thư mục rất dài ".repeat(6).trim());
    let postgres = PrivatePostgres::start(&data).await.unwrap();
    write_row(&postgres, "một").await;
    assert!(!data.join("socket").exists());
    let options = postgres.connect_options();
    let socket = options.get_socket().unwrap().clone();
    let entry = fs::metadata(&socket).unwrap();
    assert_eq!(entry.mode() & 0o777, 0o700);
    postgres.stop().await.unwrap();
    assert!(!socket.exists(), "the short folder is not left behind");
}

#[tokio::test]
async fn unwritable_and_impossible_folders_are_refused_with_a_sentence() {
    let place = Place::new("refused");
    let file = place.0.join("file");
    fs::write(&file, "").unwrap();
    let refused = PrivatePostgres::start(&file.join("data"))
        .await
        .unwrap_err();
    assert!(matches!(refused, PostgresError::Folder { .. }), "{refused}");
    if !geteuid().is_root() {
        let refused = PrivatePostgres::start(Path::new("/proc/congtam"))
            .await
            .unwrap_err();
        assert!(refused.to_string().contains("--data-dir"), "{refused}");
        let home = default_data_dir().unwrap();
        assert!(home.ends_with("congtam"), "{}", home.display());
    } else {
        assert_eq!(default_data_dir().unwrap(), Path::new("/var/lib/congtam"));
        let closed = place.0.join("closed");
        fs::create_dir(&closed).unwrap();
        fs::set_permissions(&closed, fs::Permissions::from_mode(0o700)).unwrap();
        let refused = PrivatePostgres::start(&closed.join("data"))
            .await
            .unwrap_err();
        match &refused {
            PostgresError::NotTraversable { folder, .. } => assert_eq!(folder, &closed),
            other => panic!("{other}"),
        }
    }
}

#[tokio::test]
async fn postmaster_that_cannot_start_gives_its_reason() {
    let place = Place::new("reason");
    let postgres = PrivatePostgres::start(&place.data()).await.unwrap();
    postgres.stop().await.unwrap();
    let settings = place.data().join("cluster/postgresql.conf");
    let words = fs::read_to_string(&settings).unwrap();
    fs::write(&settings, format!("{words}\nwork_mem = 'plenty'\n")).unwrap();
    let died = PrivatePostgres::start(&place.data()).await.unwrap_err();
    assert!(died.to_string().contains("work_mem"), "{died}");
    fs::write(&settings, words).unwrap();
    let postgres = PrivatePostgres::start(&place.data()).await.unwrap();
    postgres.stop().await.unwrap();
}

#[tokio::test]
async fn other_local_users_do_not_get_in() {
    if !geteuid().is_root() {
        // Becoming another user takes root; the access rules are the same.
        return;
    }
    let place = Place::new("others");
    let postgres = PrivatePostgres::start(&place.data()).await.unwrap();
    let socket = place.data().join("socket");
    let psql = |user: &str| {
        let output = Command::new("setpriv")
            .args([&format!("--reuid={user}"), "--clear-groups", "psql", "-X"])
            .args(["-h", &socket.display().to_string()])
            .args(["-U", "congtam", "-d", "congtam", "-c", "select 1"])
            .output()
            .unwrap();
        (
            output.status.success(),
            String::from_utf8_lossy(&output.stderr).into_owned(),
        )
    };
    assert!(psql("root").0);
    let (entered, words) = psql("nobody");
    assert!(!entered && words.contains("Permission denied"), "{words}");
    // Even with the folder opened by mistake, the kernel's word on who calls decides.
    fs::set_permissions(&socket, fs::Permissions::from_mode(0o777)).unwrap();
    fs::set_permissions(
        socket.join(".s.PGSQL.5432"),
        fs::Permissions::from_mode(0o777),
    )
    .unwrap();
    for user in ["nobody", "postgres"] {
        let (entered, words) = psql(user);
        assert!(
            !entered && words.contains("Peer authentication failed"),
            "{user}: {words}"
        );
    }
    postgres.stop().await.unwrap();
}

#[test]
fn everything_holds_for_an_ordinary_user_too() {
    if !geteuid().is_root() {
        // Then the other tests are that already.
        return;
    }
    let user = User::from_name("nobody")
        .unwrap()
        .expect("an account nobody");
    let place = Place::new("user");
    // The build folder may be closed to others.
    let program = place.0.join("tests");
    fs::copy(std::env::current_exe().unwrap(), &program).unwrap();
    let home = place.0.join("home");
    fs::create_dir(&home).unwrap();
    chown(&home, Some(user.uid.as_raw()), Some(user.gid.as_raw())).unwrap();
    let mut child = Command::new("setpriv")
        .args([
            &format!("--reuid={}", user.uid),
            &format!("--regid={}", user.gid),
            "--clear-groups",
        ])
        .arg(&program)
        .args([
            "--nocapture",
            "--skip",
            "everything_holds_for_an_ordinary_user_too",
        ])
        .current_dir(&home)
        .env("HOME", &home)
        .env("TMPDIR", &home)
        .env_remove("XDG_DATA_HOME")
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut words = String::new();
    child
        .stdout
        .take()
        .unwrap()
        .read_to_string(&mut words)
        .unwrap();
    assert!(child.wait().unwrap().success(), "{words}");
    println!("{words}");
    assert!(words.contains("test result: ok"), "{words}");
}
