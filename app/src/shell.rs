//! The document, the navigation and the frame around every page.

use kpi::permission::{Permission, granted};
use leptos::prelude::*;
use leptos_meta::{MetaTags, Title, provide_meta_context};
use leptos_router::components::Router;
use leptos_router::hooks::use_location;

use crate::auth::{SignOut, Visitor, current_visitor};
use crate::live::{Follow, LiveState};
use crate::routes::AppRoutes;

/// The whole document; also sets the content policy with this response's nonce.
pub fn shell(options: LeptosOptions) -> impl IntoView {
    #[cfg(feature = "ssr")]
    policy();
    view! {
        <!DOCTYPE html>
        <html lang="vi">
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light dark"/>
                <link rel="icon" href="/icon.svg" type="image/svg+xml"/>
                <leptos_meta::HashedStylesheet id="style" options=options.clone()/>
                <HydrationScripts options islands=true/>
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}

#[cfg(feature = "ssr")]
fn policy() {
    use leptos::nonce::use_nonce;
    let (Some(nonce), Some(response)) =
        (use_nonce(), use_context::<leptos_axum::ResponseOptions>())
    else {
        return;
    };
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; style-src 'self'; \
         font-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'; manifest-src 'self'"
    );
    if let Ok(value) = http::HeaderValue::from_str(&policy) {
        response.insert_header(http::header::CONTENT_SECURITY_POLICY, value);
    }
}

/// The application inside the document.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Title formatter=|text: String| if text.is_empty() { "Công Tâm".to_owned() } else { format!("{text} · Công Tâm") }/>
        <Router>
            <a class="skip" href="#page">"Đến nội dung chính"</a>
            <div class="frame">
                {Suspend::new(async move {
                    current_visitor().await.ok().flatten().map(|visitor| view! {
                        <Rail visitor=visitor.clone()/>
                        <Bar visitor/>
                    })
                })}
                <main class="page" id="page" tabindex="-1">
                    <AppRoutes/>
                </main>
            </div>
            <p class="said" id="said" role="status"></p>
        </Router>
    }
}

struct Entry {
    path: &'static str,
    words: &'static str,
    permission: Permission,
}

const WORK: &[Entry] = &[
    Entry {
        path: "/month",
        words: "Tháng của tôi",
        permission: Permission::ViewOwnMonth,
    },
    Entry {
        path: "/unit",
        words: "Đơn vị",
        permission: Permission::ViewUnit,
    },
    Entry {
        path: "/review",
        words: "Xác nhận phiếu",
        permission: Permission::ConfirmReview,
    },
    Entry {
        path: "/unit-kpi",
        words: "KPI đơn vị",
        permission: Permission::ViewUnitKpi,
    },
    Entry {
        path: "/indicators",
        words: "Chỉ số phụ trách",
        permission: Permission::ReportIndicator,
    },
    Entry {
        path: "/meeting",
        words: "Họp",
        permission: Permission::TakePart,
    },
    Entry {
        path: "/rating",
        words: "Xếp loại năm",
        permission: Permission::ViewRating,
    },
    Entry {
        path: "/petition",
        words: "Kiến nghị",
        permission: Permission::ViewPetition,
    },
    Entry {
        path: "/publication",
        words: "Kết quả công khai",
        permission: Permission::ViewPublication,
    },
];
const ANALYSIS: &[Entry] = &[
    Entry {
        path: "/compare",
        words: "So sánh đơn vị",
        permission: Permission::CompareUnits,
    },
    Entry {
        path: "/report",
        words: "In phiếu",
        permission: Permission::PrintAgency,
    },
];
const SETTINGS: &[Entry] = &[
    Entry {
        path: "/period",
        words: "Kỳ đánh giá",
        permission: Permission::ManagePeriod,
    },
    Entry {
        path: "/catalogue",
        words: "Danh mục sản phẩm",
        permission: Permission::ViewCatalogue,
    },
    Entry {
        path: "/rule-set",
        words: "Bộ quy tắc",
        permission: Permission::ViewRuleSets,
    },
    Entry {
        path: "/organisation",
        words: "Tổ chức",
        permission: Permission::ViewOrganisation,
    },
    Entry {
        path: "/accounts",
        words: "Tài khoản",
        permission: Permission::ManageAccounts,
    },
    Entry {
        path: "/replay",
        words: "Tính lại điểm",
        permission: Permission::Replay,
    },
    Entry {
        path: "/export",
        words: "Gửi CSDL quốc gia",
        permission: Permission::ExportResults,
    },
    Entry {
        path: "/audit",
        words: "Nhật ký",
        permission: Permission::ViewAudit,
    },
];

/// The navigation at the side. On a narrow screen its brand and menu button stand in the bar: the menu is
/// a `details` without content of its own, and the style shows the links after it while it is open.
#[component]
fn Rail(visitor: Visitor) -> impl IntoView {
    let path = use_location().pathname;
    let group = |words: &'static str, entries: &'static [Entry]| {
        let links = entries
            .iter()
            .filter(|entry| granted(&visitor.roles, entry.permission).is_some())
            .map(|entry| view! { <li><RailLink path=entry.path words=entry.words/></li> })
            .collect_view();
        (!links.is_empty()).then(|| {
            view! {
                <p class="rail-group">{words}</p>
                <ul class="rail-list" aria-label=words>{links}</ul>
            }
        })
    };
    view! {
        <nav class="rail" aria-label="Điều hướng chính">
            <a class="rail-brand" href="/"><img src="/icon.svg" alt="" width="28" height="28"/>"Công Tâm"</a>
            <details class="rail-toggle"><summary>"Menu"</summary></details>
            <div class="rail-nav">
                {group("Công việc", WORK)}
                {group("Phân tích", ANALYSIS)}
                {group("Thiết lập", SETTINGS)}
                <div class="rail-me">
                    <p><a href="/account" aria-current=current(path, "/account")><b>{visitor.name}</b></a></p>
                    <p class="rail-post">{visitor.post}</p>
                    <p><a class="rail-link" href="/record" aria-current=current(path, "/record")>"Ai đã xem hồ sơ"</a></p>
                    <SignOut/>
                </div>
            </div>
        </nav>
    }
}

#[component]
fn RailLink(path: &'static str, words: &'static str) -> impl IntoView {
    let here = use_location().pathname;
    view! { <a class="rail-link" href=path aria-current=current(here, path)>{words}</a> }
}

/// `aria-current` of a link to `path`: "page" on it and below it.
fn current(
    here: Memo<String>,
    path: &'static str,
) -> impl Fn() -> Option<&'static str> + Send + Sync + 'static {
    move || {
        let here = here.read();
        (here.as_str() == path
            || here
                .strip_prefix(path)
                .is_some_and(|rest| rest.starts_with('/')))
        .then_some("page")
    }
}

/// Above every page: whose data these are, whether they are live, what waits to be read.
#[component]
fn Bar(visitor: Visitor) -> impl IntoView {
    let here = use_location().pathname;
    let unread = (visitor.unread > 0).then(|| {
        view! { <span class="bar-count">{visitor.unread}<span class="visually-hidden">" chưa đọc"</span></span> }
    });
    // Whatever moves the own month may have left a notification.
    let own = visitor.officer.into_iter().collect::<Vec<_>>();
    view! {
        <header class="bar">
            <p class="bar-agency">{visitor.agency}</p>
            <LiveState/>
            <Follow officers=own/>
            <a class="bar-bell" href="/notifications" aria-current=current(here, "/notifications")>
                <span class="bar-words">"Thông báo"</span>
                <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
                    <path
                        d="M10 2.5a5 5 0 0 0-5 5c0 4.5-1.5 5.5-1.5 6.5h13c0-1-1.5-2-1.5-6.5a5 5 0 0 0-5-5zM8.2 16.5a2 2 0 0 0 3.6 0"
                        fill="none"
                        stroke="currentColor"
                        stroke-width="1.5"
                        stroke-linecap="round"
                        stroke-linejoin="round"
                    ></path>
                </svg>
                {unread}
            </a>
        </header>
    }
}
