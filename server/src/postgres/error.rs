//! What can keep the private PostgreSQL from running, each as one sentence for the person who starts the server.
//! It is shown at the start of the server only, so it may name folders and commands; visitors never see it.

use std::io;
use std::path::{Path, PathBuf};

/// Why the private PostgreSQL cannot be started, reached or stopped.
#[derive(Debug, thiserror::Error)]
pub enum PostgresError {
    /// No home folder is known, so there is no default data folder.
    #[error("Không xác định được thư mục dữ liệu: hãy đặt --data-dir (hoặc HOME, XDG_DATA_HOME).")]
    NoHome,
    /// No PostgreSQL server program on this machine.
    #[error(
        "Không tìm thấy PostgreSQL trên máy này. Hãy cài: sudo apt install postgresql (bản 15 trở lên), \
         hoặc đặt DATABASE_URL tới một PostgreSQL có sẵn."
    )]
    BinariesMissing,
    /// Every PostgreSQL found is older than the first with ICU databases.
    #[error(
        "PostgreSQL trên máy này là bản {found}; cần bản 15 trở lên. \
         Hãy cài bản mới hơn, ví dụ: sudo apt install postgresql-15."
    )]
    TooOld {
        /// Newest major version found.
        found: u32,
    },
    /// Data files of a major version of which no program is installed.
    #[error(
        "Dữ liệu trong {} thuộc PostgreSQL bản {data}, nhưng trên máy chỉ có bản {installed}. \
         Hãy cài lại bản cũ (sudo apt install postgresql-{data}), hoặc chuyển dữ liệu bằng pg_upgrade.", path.display()
    )]
    OtherVersion {
        /// Cluster folder.
        path: PathBuf,
        /// Major version that wrote the data.
        data: u32,
        /// Newest major version installed.
        installed: u32,
    },
    /// Started as root, and there is no account to drop to.
    #[error(
        "PostgreSQL không chạy được bằng root, và máy không có tài khoản «postgres» hay «nobody». Hãy tạo một: sudo adduser --system --group postgres."
    )]
    NoAccount,
    /// The user id has no name; PostgreSQL needs one.
    #[error(
        "Người dùng số {uid} không có tên trong /etc/passwd nên PostgreSQL không chạy được. Hãy chạy máy chủ bằng một tài khoản có tên."
    )]
    NamelessUser {
        /// The user id.
        uid: u32,
    },
    /// The data files belong to someone else.
    #[error(
        "Dữ liệu trong {} thuộc người dùng số {owner}, không phải người đang chạy máy chủ. \
         Hãy chạy bằng đúng người dùng đó hoặc chọn --data-dir khác.", path.display()
    )]
    OtherOwner {
        /// Cluster folder.
        path: PathBuf,
        /// User id of the owner.
        owner: u32,
    },
    /// The account PostgreSQL runs as may not pass through a folder above the data.
    #[error(
        "Tài khoản «{account}» không đi qua được thư mục {} để tới dữ liệu. \
         Hãy chọn --data-dir ở nơi khác (ví dụ /var/lib/congtam), hoặc cho phép: chmod o+x {}", folder.display(), folder.display()
    )]
    NotTraversable {
        /// The folder that stops it.
        folder: PathBuf,
        /// Account PostgreSQL runs as.
        account: String,
    },
    /// A folder or file cannot be created, read or written.
    #[error("Không dùng được {}: {source}. Hãy kiểm tra quyền ghi hoặc chọn --data-dir khác.", path.display())]
    Folder {
        /// The folder or file.
        path: PathBuf,
        /// What the system answered.
        source: io::Error,
    },
    /// No space left.
    #[error("Đĩa chứa {} đã đầy. Hãy giải phóng dung lượng rồi chạy lại; dữ liệu đã ghi không mất.", path.display())]
    DiskFull {
        /// Data folder.
        path: PathBuf,
    },
    /// The folder name cannot be written in a connection address.
    #[error("Đường dẫn {} có ký tự không phải UTF-8, dấu nháy hoặc xuống dòng. Hãy chọn --data-dir khác.", path.display())]
    PathNotUsable {
        /// Data folder.
        path: PathBuf,
    },
    /// The folder for the socket exists and others could write in it.
    #[error("Thư mục {} đã có nhưng không phải của riêng máy chủ này. Hãy xoá nó rồi chạy lại.", path.display())]
    SocketFolder {
        /// Socket folder.
        path: PathBuf,
    },
    /// Another server holds the lock of this data folder.
    #[error("Thư mục dữ liệu {} đang được dùng bởi tiến trình khác{}. Hãy dừng tiến trình đó hoặc chọn --data-dir khác.", path.display(), process(*pid))]
    InUse {
        /// Data folder.
        path: PathBuf,
        /// Process that holds it, when known.
        pid: Option<i32>,
    },
    /// The cluster folder holds something that is not a PostgreSQL cluster.
    #[error("Thư mục {} không rỗng mà không phải dữ liệu PostgreSQL. Hãy chọn --data-dir khác hoặc chuyển các tệp đó đi.", path.display())]
    NotACluster {
        /// Cluster folder.
        path: PathBuf,
    },
    /// A PostgreSQL program could not be run at all.
    #[error("Không chạy được {}: {source}", program.display())]
    Program {
        /// The program.
        program: PathBuf,
        /// What the system answered.
        source: io::Error,
    },
    /// `initdb` failed.
    #[error("Không tạo được cơ sở dữ liệu: {reason}")]
    Initdb {
        /// Last words of `initdb`.
        reason: String,
    },
    /// The postmaster ended while starting.
    #[error("PostgreSQL dừng ngay khi khởi động: {reason} (nhật ký: {})", log.display())]
    Died {
        /// Last words of the postmaster.
        reason: String,
        /// Folder of the logs.
        log: PathBuf,
    },
    /// Still recovering after the longest wait.
    #[error("PostgreSQL chưa sẵn sàng sau {seconds} giây (có thể đang phục hồi sau sự cố). Nó vẫn chạy tiếp: hãy xem nhật ký {} và chạy lại máy chủ sau.", log.display())]
    StillStarting {
        /// Seconds waited.
        seconds: u64,
        /// Folder of the logs.
        log: PathBuf,
    },
    /// The postmaster answers, but refuses us.
    #[error("PostgreSQL không cho kết nối: {0}")]
    Connect(#[from] sqlx::Error),
    /// The postmaster did not end, even when told to drop everything.
    #[error("PostgreSQL (tiến trình {pid}) không dừng sau {seconds} giây.")]
    NotStopped {
        /// Process id of the postmaster.
        pid: i32,
        /// Seconds waited.
        seconds: u64,
    },
}

fn process(pid: Option<i32>) -> String {
    pid.map(|pid| format!(" (tiến trình số {pid})"))
        .unwrap_or_default()
}

impl PostgresError {
    /// A full disk is told apart from other refusals of a folder: the remedy differs.
    pub(super) fn folder(path: &Path, source: io::Error) -> Self {
        let path = path.to_owned();
        match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull { path },
            _ => Self::Folder { path, source },
        }
    }
}
