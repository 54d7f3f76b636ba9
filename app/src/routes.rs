//! The whole route tree in one list. Every page renders once its data are there (`SsrMode::Async`),
//! so that status and cookies are never late.

#[cfg(feature = "ssr")]
use kpi::permission::Permission;
use leptos::prelude::*;
use leptos_router::components::{Route, Routes};
use leptos_router::{SsrMode, path};

use crate::admin::{AccountsPage, AuditPage, NotificationsPage, RecordPage, SetupPage};
use crate::assignment::{AssignPage, HandOverPage};
#[cfg(feature = "ssr")]
use crate::auth::guard::Door;
use crate::auth::{AccountPage, SignInPage};
use crate::catalogue::{CataloguePage, LintPage};
use crate::dashboard::{ComparePage, HomePage};
use crate::export::ExportPage;
use crate::import::{CatalogueImportPage, PeopleImportPage};
use crate::meeting::{MeetingPage, MeetingsPage, MinutesPage};
use crate::org::{HolidaysPage, OrganisationPage};
use crate::period::PeriodsPage;
use crate::petition::{PetitionPage, PetitionsPage};
use crate::progress::AssignmentPage;
use crate::rating::process::{DecisionPage, ProcessPage, PublicationPage, YearSheetPage};
use crate::rating::{PersonYearPage, RatingPage};
use crate::replay::{ReplayPage, TrialPage};
use crate::report::{LookupPage, ReportPage};
use crate::review::{DelegationPage, MonthPage, QueuePage, ReviewPage, SheetPage, UnitPage};
use crate::rule_set::{CompareSetsPage, RuleSetPage, RuleSetsPage};
use crate::unit_kpi::{OwnIndicatorsPage, UnitKpiPage};
use crate::why::WhyPage;

/// Every page of the product.
#[component]
pub fn AppRoutes() -> impl IntoView {
    view! {
        <Routes fallback=NotFoundPage>
            <Route path=path!("/") view=HomePage ssr=SsrMode::Async/>
            <Route path=path!("/sign-in") view=SignInPage ssr=SsrMode::Async/>
            <Route path=path!("/setup/:token") view=SetupPage ssr=SsrMode::Async/>
            <Route path=path!("/account") view=AccountPage ssr=SsrMode::Async/>
            <Route path=path!("/record") view=RecordPage ssr=SsrMode::Async/>
            <Route path=path!("/notifications") view=NotificationsPage ssr=SsrMode::Async/>
            <Route path=path!("/month") view=MonthPage ssr=SsrMode::Async/>
            <Route path=path!("/month/:officer") view=MonthPage ssr=SsrMode::Async/>
            <Route path=path!("/assignment/:period/:assignment") view=AssignmentPage ssr=SsrMode::Async/>
            <Route path=path!("/assignment/:period/:assignment/hand-over") view=HandOverPage ssr=SsrMode::Async/>
            <Route path=path!("/sheet/:officer") view=SheetPage ssr=SsrMode::Async/>
            <Route path=path!("/why/:officer") view=WhyPage ssr=SsrMode::Async/>
            <Route path=path!("/unit") view=UnitPage ssr=SsrMode::Async/>
            <Route path=path!("/unit/assign") view=AssignPage ssr=SsrMode::Async/>
            <Route path=path!("/review") view=QueuePage ssr=SsrMode::Async/>
            <Route path=path!("/review/delegation") view=DelegationPage ssr=SsrMode::Async/>
            <Route path=path!("/review/:officer") view=ReviewPage ssr=SsrMode::Async/>
            <Route path=path!("/rating") view=RatingPage ssr=SsrMode::Async/>
            <Route path=path!("/rating/:officer") view=PersonYearPage ssr=SsrMode::Async/>
            <Route path=path!("/year-sheet/:year") view=YearSheetPage ssr=SsrMode::Async/>
            <Route path=path!("/year-sheet/:year/:officer") view=YearSheetPage ssr=SsrMode::Async/>
            <Route path=path!("/year-process/:year") view=ProcessPage ssr=SsrMode::Async/>
            <Route path=path!("/decision/:decision") view=DecisionPage ssr=SsrMode::Async/>
            <Route path=path!("/publication") view=PublicationPage ssr=SsrMode::Async/>
            <Route path=path!("/publication/:year") view=PublicationPage ssr=SsrMode::Async/>
            <Route path=path!("/petition") view=PetitionsPage ssr=SsrMode::Async/>
            <Route path=path!("/petition/:petition") view=PetitionPage ssr=SsrMode::Async/>
            <Route path=path!("/unit-kpi") view=UnitKpiPage ssr=SsrMode::Async/>
            <Route path=path!("/indicators") view=OwnIndicatorsPage ssr=SsrMode::Async/>
            <Route path=path!("/meeting") view=MeetingsPage ssr=SsrMode::Async/>
            <Route path=path!("/meeting/:meeting") view=MeetingPage ssr=SsrMode::Async/>
            <Route path=path!("/meeting/:meeting/minutes") view=MinutesPage ssr=SsrMode::Async/>
            <Route path=path!("/compare") view=ComparePage ssr=SsrMode::Async/>
            <Route path=path!("/catalogue") view=CataloguePage ssr=SsrMode::Async/>
            <Route path=path!("/catalogue/lint") view=LintPage ssr=SsrMode::Async/>
            <Route path=path!("/catalogue/import") view=CatalogueImportPage ssr=SsrMode::Async/>
            <Route path=path!("/organisation") view=OrganisationPage ssr=SsrMode::Async/>
            <Route path=path!("/organisation/import") view=PeopleImportPage ssr=SsrMode::Async/>
            <Route path=path!("/period") view=PeriodsPage ssr=SsrMode::Async/>
            <Route path=path!("/period/holidays") view=HolidaysPage ssr=SsrMode::Async/>
            <Route path=path!("/accounts") view=AccountsPage ssr=SsrMode::Async/>
            <Route path=path!("/rule-set") view=RuleSetsPage ssr=SsrMode::Async/>
            <Route path=path!("/rule-set/compare") view=CompareSetsPage ssr=SsrMode::Async/>
            <Route path=path!("/rule-set/:code") view=RuleSetPage ssr=SsrMode::Async/>
            <Route path=path!("/rule-set/:code/trial") view=TrialPage ssr=SsrMode::Async/>
            <Route path=path!("/replay") view=ReplayPage ssr=SsrMode::Async/>
            <Route path=path!("/export") view=ExportPage ssr=SsrMode::Async/>
            <Route path=path!("/report") view=ReportPage ssr=SsrMode::Async/>
            <Route path=path!("/print/:code") view=LookupPage ssr=SsrMode::Async/>
            <Route path=path!("/audit") view=AuditPage ssr=SsrMode::Async/>
        </Routes>
    }
}

/// The route tree alone: the server makes its router of it, without asking who looks.
#[cfg(feature = "ssr")]
#[component]
pub fn RouteTree() -> impl IntoView {
    view! { <leptos_router::components::Router><AppRoutes/></leptos_router::components::Router> }
}

/// What opens each page; a page without a row is not opened.
#[cfg(feature = "ssr")]
pub const PAGES: &[Door] = &[
    Door {
        path: "/sign-in",
        permission: None,
    },
    Door {
        path: "/setup/:token",
        permission: None,
    },
    Door {
        path: "/",
        permission: Some(Permission::SignedIn),
    },
    Door {
        path: "/account",
        permission: Some(Permission::SignedIn),
    },
    Door {
        path: "/record",
        permission: Some(Permission::SignedIn),
    },
    Door {
        path: "/notifications",
        permission: Some(Permission::SignedIn),
    },
    Door {
        path: "/month",
        permission: Some(Permission::ViewOwnMonth),
    },
    Door {
        path: "/month/:officer",
        permission: Some(Permission::ViewMonth),
    },
    Door {
        path: "/assignment/:period/:assignment",
        permission: Some(Permission::ViewMonth),
    },
    Door {
        path: "/assignment/:period/:assignment/hand-over",
        permission: Some(Permission::HandOver),
    },
    Door {
        path: "/sheet/:officer",
        permission: Some(Permission::ViewMonth),
    },
    Door {
        path: "/why/:officer",
        permission: Some(Permission::ViewMonth),
    },
    Door {
        path: "/unit",
        permission: Some(Permission::ViewUnit),
    },
    Door {
        path: "/unit/assign",
        permission: Some(Permission::Assign),
    },
    Door {
        path: "/review",
        permission: Some(Permission::PrepareReview),
    },
    Door {
        path: "/review/delegation",
        permission: Some(Permission::DelegateReview),
    },
    Door {
        path: "/review/:officer",
        permission: Some(Permission::ViewUnit),
    },
    Door {
        path: "/rating",
        permission: Some(Permission::ViewRating),
    },
    Door {
        path: "/rating/:officer",
        permission: Some(Permission::ViewRating),
    },
    Door {
        path: "/year-sheet/:year",
        permission: Some(Permission::HandInYearSheet),
    },
    Door {
        path: "/year-sheet/:year/:officer",
        permission: Some(Permission::ViewRating),
    },
    Door {
        path: "/year-process/:year",
        permission: Some(Permission::ViewYearProcess),
    },
    Door {
        path: "/decision/:decision",
        permission: Some(Permission::ViewRating),
    },
    Door {
        path: "/publication",
        permission: Some(Permission::ViewPublication),
    },
    Door {
        path: "/publication/:year",
        permission: Some(Permission::ViewPublication),
    },
    Door {
        path: "/petition",
        permission: Some(Permission::ViewPetition),
    },
    Door {
        path: "/petition/:petition",
        permission: Some(Permission::ViewPetition),
    },
    Door {
        path: "/unit-kpi",
        permission: Some(Permission::ViewUnitKpi),
    },
    Door {
        path: "/indicators",
        permission: Some(Permission::ReportIndicator),
    },
    Door {
        path: "/meeting",
        permission: Some(Permission::TakePart),
    },
    Door {
        path: "/meeting/:meeting",
        permission: Some(Permission::TakePart),
    },
    Door {
        path: "/meeting/:meeting/minutes",
        permission: Some(Permission::TakePart),
    },
    Door {
        path: "/compare",
        permission: Some(Permission::CompareUnits),
    },
    Door {
        path: "/catalogue",
        permission: Some(Permission::ViewCatalogue),
    },
    Door {
        path: "/catalogue/lint",
        permission: Some(Permission::ImportCatalogue),
    },
    Door {
        path: "/catalogue/import",
        permission: Some(Permission::ImportCatalogue),
    },
    Door {
        path: "/organisation",
        permission: Some(Permission::ViewOrganisation),
    },
    Door {
        path: "/organisation/import",
        permission: Some(Permission::ImportPeople),
    },
    Door {
        path: "/period",
        permission: Some(Permission::ManagePeriod),
    },
    Door {
        path: "/period/holidays",
        permission: Some(Permission::ManagePeriod),
    },
    Door {
        path: "/accounts",
        permission: Some(Permission::ManageAccounts),
    },
    Door {
        path: "/rule-set",
        permission: Some(Permission::ViewRuleSets),
    },
    Door {
        path: "/rule-set/compare",
        permission: Some(Permission::ViewRuleSets),
    },
    Door {
        path: "/rule-set/:code",
        permission: Some(Permission::ViewRuleSets),
    },
    Door {
        path: "/rule-set/:code/trial",
        permission: Some(Permission::TryRuleSet),
    },
    Door {
        path: "/replay",
        permission: Some(Permission::Replay),
    },
    Door {
        path: "/export",
        permission: Some(Permission::ExportResults),
    },
    Door {
        path: "/report",
        permission: Some(Permission::PrintAgency),
    },
    Door {
        path: "/print/:code",
        permission: Some(Permission::SignedIn),
    },
    Door {
        path: "/audit",
        permission: Some(Permission::ViewAudit),
    },
];

/// What opens each route that answers with data.
#[cfg(feature = "ssr")]
pub const DATA: &[Door] = &[
    Door {
        path: "/live",
        permission: Some(Permission::SignedIn),
    },
    Door {
        path: "/export/file/{export}",
        permission: Some(Permission::ExportResults),
    },
    Door {
        path: "/audit.csv",
        permission: Some(Permission::ViewAudit),
    },
    Door {
        path: "/compare.xlsx",
        permission: Some(Permission::ExportCompare),
    },
    Door {
        path: "/import/catalogue",
        permission: Some(Permission::ImportCatalogue),
    },
    Door {
        path: "/import/people",
        permission: Some(Permission::ImportPeople),
    },
    Door {
        path: "/catalogue.xlsx",
        permission: Some(Permission::ViewCatalogue),
    },
    Door {
        path: "/template/catalogue.xlsx",
        permission: Some(Permission::ImportCatalogue),
    },
    Door {
        path: "/template/people.xlsx",
        permission: Some(Permission::ImportPeople),
    },
    Door {
        path: "/evidence/{period}/{evidence}",
        permission: Some(Permission::ViewEvidence),
    },
    Door {
        path: "/evidence/add/{period}/{assignment}",
        permission: Some(Permission::AddEvidence),
    },
    Door {
        path: "/report/sheet/{period}/{file}",
        permission: Some(Permission::ViewMonth),
    },
    Door {
        path: "/report/trace/{period}/{file}",
        permission: Some(Permission::ViewMonth),
    },
    Door {
        path: "/report/unit/{period}/{file}",
        permission: Some(Permission::ViewUnit),
    },
    Door {
        path: "/report/unit-sheets/{period}/{file}",
        permission: Some(Permission::ViewUnit),
    },
    Door {
        path: "/report/year-sheet/{year}/{file}",
        permission: Some(Permission::ViewRating),
    },
    Door {
        path: "/report/minutes/{file}",
        permission: Some(Permission::TakePart),
    },
    Door {
        path: "/report/notice/{file}",
        permission: Some(Permission::ViewRating),
    },
    Door {
        path: "/report/job/{file}",
        permission: Some(Permission::PrintAgency),
    },
    Door {
        path: "/accounts/create",
        permission: Some(Permission::ManageAccounts),
    },
    Door {
        path: "/accounts/reset",
        permission: Some(Permission::ManageAccounts),
    },
    Door {
        path: "/accounts/create-missing",
        permission: Some(Permission::ManageAccounts),
    },
];

/// A page that does not exist.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    #[cfg(feature = "ssr")]
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(http::StatusCode::NOT_FOUND);
    }
    view! {
        <leptos_meta::Title text="Không tìm thấy"/>
        <h1>"Không tìm thấy trang này"</h1>
        <p>"Địa chỉ có thể đã cũ. "<a href="/">"Về trang đầu"</a></p>
    }
}

/// Routes that answer with data rather than a page, or take files: the live stream, downloads and uploads.
#[cfg(feature = "ssr")]
pub fn data_routes() -> axum::Router<crate::state::AppState> {
    use axum::extract::DefaultBodyLimit;
    use axum::routing::{get, post};

    use crate::import::{download, upload};
    let uploads = axum::Router::new()
        .route("/import/catalogue", post(upload::catalogue))
        .route("/import/people", post(upload::people))
        .layer(DefaultBodyLimit::max(upload::LARGEST_BODY));
    axum::Router::new()
        .route("/live", get(crate::auth::live::handler))
        .route(
            "/audit.csv",
            get(crate::admin::audit_page::download::handler),
        )
        .route(
            "/export/file/{export}",
            get(crate::export::download::handler),
        )
        .route("/compare.xlsx", get(crate::dashboard::download::handler))
        .route("/catalogue.xlsx", get(download::catalogue))
        .route("/template/catalogue.xlsx", get(download::empty_catalogue))
        .route("/template/people.xlsx", get(download::people))
        .merge(crate::admin::accounts::handler::routes())
        .merge(crate::progress::evidence::handler::routes())
        .merge(crate::report::handler::routes())
        .merge(uploads)
}
