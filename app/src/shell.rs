//! The document, the navigation and the frame around every page.

use kpi::permission::{Permission, granted};
use leptos::prelude::*;
use leptos_meta::{MetaTags, Title, provide_meta_context};
use leptos_router::components::Router;
use leptos_router::hooks::use_location;

use crate::auth::{SignOut, Visitor, current_visitor};
use crate::live::{LiveState, provide_live};
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
                <HydrationScripts options/>
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
    let visitor = Resource::new_blocking(|| (), |()| current_visitor());
    provide_context(visitor);
    let signed_in = Signal::derive(move || matches!(visitor.get(), Some(Ok(Some(_)))));
    provide_live(signed_in);
    view! {
        <Title formatter=|text: String| if text.is_empty() { "Công Tâm".to_owned() } else { format!("{text} · Công Tâm") }/>
        <Router>
            <a class="skip" href="#page">"Đến nội dung chính"</a>
            <div class="frame">
                <Transition>
                    {move || Suspend::new(async move {
                        visitor.await.ok().flatten().map(|visitor| view! { <Rail visitor/> })
                    })}
                </Transition>
                <main class="page" id="page" tabindex="-1">
                    <AppRoutes/>
                </main>
            </div>
        </Router>
    }
}

/// The visitor, once known; pages behind the sign-in always have one.
pub fn use_visitor() -> Resource<Result<Option<Visitor>, crate::error::AppError>> {
    expect_context()
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
];
const ANALYSIS: &[Entry] = &[Entry {
    path: "/compare",
    words: "So sánh đơn vị",
    permission: Permission::CompareUnits,
}];
const SETTINGS: &[Entry] = &[
    Entry {
        path: "/catalogue",
        words: "Danh mục sản phẩm",
        permission: Permission::ViewCatalogue,
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
        path: "/audit",
        words: "Nhật ký",
        permission: Permission::ViewAudit,
    },
];

/// The navigation at the side (at the top on a phone).
#[component]
fn Rail(visitor: Visitor) -> impl IntoView {
    let group = |words: &'static str, entries: &'static [Entry]| {
        let links = entries
            .iter()
            .filter(|entry| granted(&visitor.roles, entry.permission).is_some())
            .map(|entry| view! { <RailLink path=entry.path words=entry.words/> })
            .collect_view();
        (!links.is_empty()).then(|| view! { <p class="rail-group">{words}</p> {links} })
    };
    let unread = (visitor.unread > 0).then(|| visitor.unread);
    view! {
        <nav class="rail" aria-label="Điều hướng chính">
            <a class="rail-brand" href="/"><img src="/icon.svg" alt="" width="28" height="28"/>"Công Tâm"</a>
            {group("Công việc", WORK)}
            {group("Phân tích", ANALYSIS)}
            {group("Thiết lập", SETTINGS)}
            <div class="rail-me">
                <p><a href="/account"><b>{visitor.name}</b></a></p>
                <p class="rail-post">{visitor.post}</p>
                <p>
                    <a href="/notifications">
                        "Thông báo"
                        {unread.map(|unread| view! { " " <span class="rail-count">{unread}</span> })}
                    </a>
                </p>
                <LiveState/>
                <SignOut/>
            </div>
        </nav>
    }
}

#[component]
fn RailLink(path: &'static str, words: &'static str) -> impl IntoView {
    let location = use_location();
    let current = move || {
        let here = location.pathname.read();
        (here.as_str() == path
            || here
                .strip_prefix(path)
                .is_some_and(|rest| rest.starts_with('/')))
        .then_some("page")
    };
    view! { <a class="rail-link" href=path aria-current=current>{words}</a> }
}
