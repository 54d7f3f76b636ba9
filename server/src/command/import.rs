//! `congtam import`: reads a workbook and says what it understood, as JSON; with `--apply` it applies it, all or nothing.
//! Without `--apply` no database is needed.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use app::audit::Actor;
use app::import::apply_catalogue::{Applied, apply_catalogue};
use app::import::apply_people::{PeopleApplied, apply_people};
use app::import::catalogue_sheet::read_catalogue;
use app::import::people_sheet::read_people;
use app::import::preview::{CataloguePreview, Refusal};
use app::state::Clock;
use clap::{Args, Subcommand};
use kpi::ids::AgencyId;
use serde_json::{Value, json};
use sqlx::PgPool;

use crate::config::DatabaseArgs;
use crate::database::Database;

/// Longest time a file is parsed.
const LONGEST_PARSE: Duration = Duration::from_secs(10);
/// Larger files are not even read; the reader refuses them with their size.
const LARGEST_READ: u64 = 64 * 1024 * 1024;

/// What to import.
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// Which kind of workbook.
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Nhập danh mục sản phẩm/công việc từ tệp xlsx.
    Catalogue(FileArgs),
    /// Nhập đơn vị và công chức từ tệp xlsx.
    People(FileArgs),
}

#[derive(Debug, Args)]
struct FileArgs {
    /// Tệp xlsx.
    file: PathBuf,
    /// Áp dụng; không có thì chỉ in những gì đọc được.
    #[arg(long)]
    apply: bool,
    /// Mã cơ quan; không cần khi chỉ có một cơ quan.
    #[arg(long, value_name = "MÃ")]
    agency: Option<String>,
    /// Where the database is.
    #[command(flatten)]
    database: DatabaseArgs,
}

/// Exit status 0 for a summary and for what was applied or unchanged, 1 for a refusal.
pub fn run(args: &ImportArgs) -> ExitCode {
    let answer = match &args.what {
        What::Catalogue(args) => catalogue(args),
        What::People(args) => people(args),
    };
    match answer {
        Ok(answer) => {
            super::say(&answer.to_string());
            ExitCode::SUCCESS
        }
        Err(answer) => {
            super::say(&answer.to_string());
            ExitCode::FAILURE
        }
    }
}

/// A refusal as JSON.
fn refusal(message: impl Into<String>) -> Value {
    json!({"error": true, "message": message.into()})
}

fn catalogue(args: &FileArgs) -> Result<Value, Value> {
    let preview = read_file(&args.file, read_catalogue)?;
    let summary = catalogue_summary(&preview);
    if !args.apply {
        return Ok(summary);
    }
    if !preview.can_apply() {
        return Err(still_wrong(summary));
    }
    let name = args
        .file
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    with_database(args, async |pool, agency| {
        let applied = apply_catalogue(pool, agency, Actor::default(), &name, &preview)
            .await
            .map_err(|error| error.to_string())?;
        Ok(match applied {
            Applied::Draft { catalogue, number } => json!({
                "applied": true, "change": "new draft", "version": number, "catalogue": catalogue,
                "products": preview.products.len(),
                "message": format!("Đã nhập thành bản nháp số {number}."),
            }),
            Applied::Unchanged { catalogue, number } => json!({
                "applied": false, "change": "no change", "version": number, "catalogue": catalogue,
                "message": format!("Không có thay đổi: nội dung trùng với bản số {number}."),
            }),
        })
    })
}

fn people(args: &FileArgs) -> Result<Value, Value> {
    let preview = read_file(&args.file, read_people)?;
    let summary = json!({
        "people": preview.people.len(),
        "units": preview.units.len(),
        "problems": preview.problems,
        "sheets": preview.sheets,
        "can_apply": preview.can_apply(),
        "digest": preview.digest,
    });
    if !args.apply {
        return Ok(summary);
    }
    if !preview.can_apply() {
        return Err(still_wrong(summary));
    }
    with_database(args, async |pool, agency| {
        let today = Clock::default().today();
        let applied = apply_people(pool, agency, Actor::default(), today, &preview)
            .await
            .map_err(|error| error.to_string())?;
        Ok(match applied {
            PeopleApplied::Changed { units, people } => json!({
                "applied": true, "change": "changed", "units": units, "people": people,
                "message": "Đã áp dụng danh sách.",
            }),
            PeopleApplied::Unchanged => json!({
                "applied": false, "change": "no change",
                "message": "Không có thay đổi: mọi dòng đã đúng như trong hệ thống.",
            }),
        })
    })
}

fn read_file<T>(
    file: &Path,
    reader: impl FnOnce(&[u8], Instant) -> Result<T, Refusal>,
) -> Result<T, Value> {
    let bytes = read(file).map_err(refusal)?;
    reader(&bytes, Instant::now() + LONGEST_PARSE).map_err(|error| refusal(error.to_string()))
}

/// The summary of a workbook that cannot be applied, as a refusal.
fn still_wrong(summary: Value) -> Value {
    let mut answer = summary;
    answer["error"] = json!(true);
    answer["message"] = json!("Còn lỗi trong tệp nên chưa áp dụng gì. Hãy sửa rồi nhập lại.");
    answer
}

fn catalogue_summary(preview: &CataloguePreview) -> Value {
    json!({
        "products": preview.products.len(),
        "problems": preview.problems,
        "sheets": preview.sheets,
        "groups": preview.groups,
        "standard": preview.standard().map(|product| json!({
            "code": product.code, "points": product.points, "sheet": product.sheet, "row": product.row,
        })),
        "can_apply": preview.can_apply(),
        "digest": preview.digest,
    })
}

fn read(file: &Path) -> Result<Vec<u8>, String> {
    let refused = |error| format!("Không đọc được {}: {error}", file.display());
    let entry = std::fs::metadata(file).map_err(refused)?;
    if !entry.is_file() {
        return Err(format!("{} không phải là tệp.", file.display()));
    }
    if entry.len() > LARGEST_READ {
        return Err(format!(
            "Tệp lớn {} MB, vượt mức tối đa 20 MB.",
            entry.len() / (1024 * 1024)
        ));
    }
    std::fs::read(file).map_err(refused)
}

/// Runs `work` on the database of these settings, for the agency that is meant.
fn with_database(
    args: &FileArgs,
    work: impl AsyncFnOnce(&PgPool, AgencyId) -> Result<Value, String>,
) -> Result<Value, Value> {
    crate::serve::log();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| refusal(format!("Không khởi động được môi trường chạy: {error}")))?;
    runtime.block_on(async {
        let database = Database::open_beside_server(&args.database)
            .await
            .map_err(refusal)?;
        let outcome = match agency(&database.pool, args.agency.as_deref()).await {
            Ok(agency) => work(&database.pool, agency).await,
            Err(sentence) => Err(sentence),
        };
        database.close().await;
        outcome.map_err(refusal)
    })
}

/// The agency with this code, or the only one there is.
async fn agency(pool: &PgPool, code: Option<&str>) -> Result<AgencyId, String> {
    let agencies = app::import::store::agencies(pool)
        .await
        .map_err(|error| error.to_string())?;
    let codes = || {
        let codes: Vec<&str> = agencies.iter().map(|(_, code)| code.as_str()).collect();
        codes.join(", ")
    };
    match (code, agencies.as_slice()) {
        (_, []) => Err("Chưa có cơ quan nào: hãy mở liên kết thiết lập lần đầu (hoặc chạy `congtam demo`) trước.".to_owned()),
        (Some(code), all) => all
            .iter()
            .find(|(_, known)| known == code)
            .map(|(agency, _)| *agency)
            .ok_or_else(|| format!("Không có cơ quan nào mang mã {code}; các mã hiện có: {}.", codes())),
        (None, [(agency, _)]) => Ok(*agency),
        (None, _) => Err(format!("Có nhiều cơ quan; hãy chọn bằng --agency: {}.", codes())),
    }
}
