//! Mẫu số 02: the twelve months, the mean, the level that the officer gives himself; handed in, taken back, followed.

use kpi::level::Level;
use kpi::rating::process::YearStatus;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use uuid::Uuid;

use super::other_level::OtherLevel;
use super::{StepChip, YearPath};
use crate::format::{day, score};
use crate::rating::process::api::{HandInYearSheet, TakeBackYearSheet, load_year_sheet};
use crate::rating::process::wire::{Decision, Minutes, Opinion, SheetMonth, YearSheet};
use crate::ui::{
    LevelChip, PostForm, RefusalNotice, TextArea, ask, refusal_of, refused_in, shown, typed_in,
};

/// The own Mẫu số 02, or that of somebody within reach.
#[component]
pub fn YearSheetPage() -> impl IntoView {
    let params = use_params_map();
    let asked = move || {
        let params = params.read();
        let officer = params
            .get("officer")
            .and_then(|text| text.parse::<Uuid>().ok());
        (params.get("year").unwrap_or_default(), officer)
    };
    let sheet = ask(asked, |(year, officer)| load_year_sheet(year, officer));
    view! {
        <Title text="Phiếu xếp loại năm"/>
        {Suspend::new(async move { shown(sheet.await, |sheet| view! { <Body sheet/> }) })}
    }
}

#[component]
fn Body(sheet: YearSheet) -> impl IntoView {
    let until = chrono::Datelike::year(&sheet.today);
    let print = format!("/report/year-sheet/{}/{}.pdf", sheet.year, sheet.officer);
    let handed_in = sheet.status != YearStatus::Draft;
    let back = (!sheet.back_reason.is_empty() && sheet.own).then(|| {
        let text = format!("Phiếu được trả lại để sửa: {}", sheet.back_reason);
        view! { <p class="notice" data-tone="risk">{text}</p> }
    });
    view! {
        <header class="page-head">
            <a class="page-back" href=format!("/rating/{}?year={}", sheet.officer, sheet.year)>"‹ Kết quả năm"</a>
            <h1>{format!("Phiếu xếp loại chất lượng năm {} (Mẫu số 02)", sheet.year)}</h1>
            <p class="muted">{format!("{} · {} · {}", sheet.name, sheet.title, sheet.unit_name)}</p>
            <div class="toolbar">
                {sheet.own.then(|| view! { <YearPath base="/year-sheet" year=sheet.year until/> })}
                <StepChip status=sheet.status/>
                {handed_in.then(|| view! { <a class="button" href=print rel="external">"In Mẫu số 02 (PDF)"</a> })}
            </div>
        </header>
        {back}
        <Months months=sheet.months.clone() mean=sheet.mean stored=handed_in/>
        <SelfRating sheet=sheet.clone()/>
        <Heard minutes=sheet.minutes.clone() opinion=sheet.opinion.clone()/>
        <Decisions decisions=sheet.decisions.clone() own=sheet.own/>
        <OtherLevel sheet/>
    }
}

#[component]
fn Months(
    months: Vec<SheetMonth>,
    mean: Option<rust_decimal::Decimal>,
    stored: bool,
) -> impl IntoView {
    let rows = months
        .into_iter()
        .map(|month| {
            view! {
                <tr>
                    <th scope="row">{format!("Tháng {}", month.month)}</th>
                    <td class="num">{score(month.score)}</td>
                    <td>{month.note}</td>
                </tr>
            }
        })
        .collect_view();
    let words = if stored {
        "Như khi phiếu được gửi."
    } else {
        "Như đang lưu hôm nay; được ghi vào phiếu khi gửi."
    };
    view! {
        <section class="card" aria-labelledby="months">
            <header><h2 id="months">"I. Tổng hợp kết quả theo dõi, đánh giá"</h2><span class="muted small">{words}</span></header>
            <div class="scroll-x" tabindex="0" role="region" aria-label="Điểm mười hai tháng">
                <table>
                    <caption class="visually-hidden">"Điểm theo dõi, đánh giá từng tháng"</caption>
                    <thead><tr><th scope="col">"Tháng"</th><th scope="col" class="num">"Tổng điểm"</th><th scope="col">"Ghi chú"</th></tr></thead>
                    <tbody>{rows}</tbody>
                    <tfoot><tr><th scope="row">"Trung bình cả năm"</th><td class="num"><b>{score(mean)}</b></td><td></td></tr></tfoot>
                </table>
            </div>
        </section>
    }
}

#[component]
fn SelfRating(sheet: YearSheet) -> impl IntoView {
    let content = if sheet.own && sheet.status == YearStatus::Draft {
        match sheet.closed.clone() {
            Some(why) => view! { <p class="card-body muted">{why}</p> }.into_any(),
            None => view! { <HandIn sheet/> }.into_any(),
        }
    } else {
        view! { <HandedIn sheet/> }.into_any()
    };
    view! {
        <section class="card" aria-labelledby="self-rating">
            <header><h2 id="self-rating">"II. Công chức tự đánh giá, xếp loại chất lượng"</h2></header>
            {content}
        </section>
    }
}

#[component]
fn HandIn(sheet: YearSheet) -> impl IntoView {
    let refusal = refusal_of::<HandInYearSheet>();
    let remarks = typed_in(refusal, "self_remarks")().unwrap_or_else(|| sheet.self_remarks.clone());
    let levels = Level::ALL
        .iter()
        .rev()
        .map(|level| {
            let id = format!("self-{}", level.as_str());
            view! {
                <label for=id.clone()>
                    <input id=id.clone() type="radio" name="self_level" value=level.as_str() required checked=sheet.self_level == Some(*level)/>
                    {level.label()}
                </label>
            }
        })
        .collect_view();
    view! {
        <PostForm<HandInYearSheet> said="Đã gửi phiếu xếp loại.">
            <div class="card-body stack">
                <RefusalNotice refusal/>
                <input type="hidden" name="year" value=sheet.year.to_string()/>
                <input type="hidden" name="version" value=sheet.version.to_string()/>
                <fieldset class="stack" aria-invalid=refused_in(refusal, "self_level")>
                    <legend>"Tự xếp loại"</legend>
                    {levels}
                </fieldset>
                <div class="field">
                    <label for="self_remarks">"Tự nhận xét: kết quả nổi bật, hạn chế, hướng khắc phục"</label>
                    <TextArea name="self_remarks" value=remarks rows=6 maxlength=4000/>
                </div>
                <div><button class="button" data-tone="act">"Gửi phiếu xếp loại"</button></div>
                <p class="muted small">"Bạn rút lại được cho đến khi đơn vị họp."</p>
            </div>
        </PostForm<HandInYearSheet>>
    }
}

#[component]
fn HandedIn(sheet: YearSheet) -> impl IntoView {
    let refusal = refusal_of::<TakeBackYearSheet>();
    let take_back = (sheet.own && sheet.status == YearStatus::Submitted).then(|| {
        view! {
            <PostForm<TakeBackYearSheet> said="Đã rút lại phiếu.">
                <RefusalNotice refusal/>
                <input type="hidden" name="year" value=sheet.year.to_string()/>
                <input type="hidden" name="version" value=sheet.version.to_string()/>
                <button class="button">"Rút lại phiếu"</button>
            </PostForm<TakeBackYearSheet>>
        }
    });
    let level = match (sheet.self_level, &sheet.absent_reason) {
        (Some(level), _) => view! { <LevelChip level=Some(level) full=true/> }.into_any(),
        (None, Some(reason)) => {
            let text = format!(
                "Vắng mặt khi xếp loại: {reason}. Bộ phận tổ chức cán bộ lập phiếu theo thời gian làm việc thực tế (khoản 3 Điều 19)."
            );
            view! { <p>{text}</p> }.into_any()
        }
        (None, None) => view! { <p class="muted">"Chưa gửi phiếu."</p> }.into_any(),
    };
    let remarks = (!sheet.self_remarks.is_empty())
        .then(|| view! { <p class="pre-line">{sheet.self_remarks.clone()}</p> });
    view! { <div class="card-body stack">{level}{remarks}{take_back}</div> }
}

#[component]
fn Heard(minutes: Option<Minutes>, opinion: Option<Opinion>) -> impl IntoView {
    let nothing = minutes.is_none() && opinion.is_none();
    let minutes = minutes.map(|minutes| {
        let head = match (minutes.id, minutes.day) {
            (Some(id), _) => view! { <a href=format!("/report/minutes/{id}.pdf") rel="external">"Biên bản cuộc họp (đã ký)"</a> }.into_any(),
            (None, Some(on)) => format!("Biên bản số {} ngày {}", minutes.number, day(on)).into_any(),
            (None, None) => format!("Biên bản số {}", minutes.number).into_any(),
        };
        view! { <div><h3>"Cuộc họp nhận xét"</h3><p>{head}</p><p class="pre-line">{minutes.summary}</p></div> }
    });
    let opinion = opinion.map(|opinion| {
        let head = format!("{} ngày {}", opinion.document, day(opinion.day));
        view! { <div><h3>"Ý kiến của cấp ủy"</h3><p>{head}</p><p class="pre-line">{opinion.text}</p></div> }
    });
    (!nothing).then(|| {
        view! {
            <section class="card" aria-labelledby="heard">
                <header><h2 id="heard">"Nhận xét, góp ý"</h2></header>
                <div class="card-body stack">{minutes}{opinion}</div>
            </section>
        }
    })
}

#[component]
fn Decisions(decisions: Vec<Decision>, own: bool) -> impl IntoView {
    let nothing = decisions.is_empty();
    let rows = decisions
        .into_iter()
        .map(|decision| {
            let href = format!("/decision/{}", decision.id);
            let words = format!("Quyết định số {} ngày {}", decision.number, day(decision.day));
            let replaced = decision
                .replaced_by
                .map(|_| view! { <span class="muted small">"đã được thay thế"</span> });
            view! { <li class="row"><a href=href>{words}</a><LevelChip level=Some(decision.level) full=true/>{replaced}</li> }
        })
        .collect_view();
    view! {
        <section class="card" aria-labelledby="result">
            <header><h2 id="result">"III. Kết quả xếp loại của cấp có thẩm quyền"</h2></header>
            {if nothing {
                let words = if own {
                    "Chưa có thông báo. Khi có quyết định, bạn nhận thông báo và xem tại đây."
                } else {
                    "Chưa có quyết định."
                };
                view! { <p class="card-body muted">{words}</p> }.into_any()
            } else {
                view! { <ul class="rows">{rows}</ul> }.into_any()
            }}
        </section>
    }
}
