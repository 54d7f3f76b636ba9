//! What the last runs over stored scores found.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use crate::replay::api::{DifferenceView, ReplayView, RunReplay, RunView, load_replay};
use crate::ui::{Chip, Empty, PostForm, RefusalNotice, ask, refusal_of, shown};

/// Whether every stored score still follows from its stored inputs.
#[component]
pub fn ReplayPage() -> impl IntoView {
    let query = use_query_map();
    let loaded = ask(|| (), |()| load_replay());
    let done = query.with_untracked(|query| query.get("done").is_some());
    view! {
        <Title text="Tính lại điểm"/>
        <header class="page-head">
            <h1>"Tính lại điểm"</h1>
            <p class="muted">
                "Mỗi đêm, mọi điểm đang lưu được tính lại từ dữ liệu đầu vào, bộ quy tắc và danh mục của chính tháng đó. Điểm nào không khớp được nêu tên."
            </p>
            <div class="toolbar">
                <PostForm<RunReplay> said="Đã tính lại mọi điểm.">
                    <button class="button" data-tone="act">"Tính lại ngay"</button>
                </PostForm<RunReplay>>
            </div>
        </header>
        {done.then(|| view! { <p class="notice" data-tone="good" role="status">"Đã tính lại mọi điểm; kết quả ở dưới."</p> })}
        <RefusalNotice refusal={refusal_of::<RunReplay>()}/>
        {Suspend::new(async move { shown(loaded.await, |data| view! { <Found data/> }) })}
    }
}

#[component]
fn Found(data: ReplayView) -> impl IntoView {
    let Some(last) = data.runs.first().cloned() else {
        return view! {
            <Empty text="Chưa có lần tính lại nào.">
                <p>"Lần đầu chạy trong đêm nay; cũng có thể bấm “Tính lại ngay”."</p>
            </Empty>
        }
        .into_any();
    };
    let opens = data.opens;
    let differences = data
        .differences
        .into_iter()
        .map(|one| view! { <DifferenceLine one opens/> })
        .collect_view();
    let shown = usize::try_from(last.different).unwrap_or(0);
    let runs = data
        .runs
        .into_iter()
        .map(|run| view! { <RunLine run/> })
        .collect_view();
    view! {
        {if shown == 0 {
            view! { <p class="notice" data-tone="good">{format!("Lần gần nhất, {}: {} điểm, tất cả khớp.", last.at, last.checked)}</p> }.into_any()
        } else {
            view! {
                <section class="card" aria-labelledby="differences">
                    <header>
                        <h2 id="differences">"Không khớp"</h2>
                        <Chip tone="bad" text=format!("{shown} điểm")/>
                    </header>
                    <div class="card-body">
                        <p>"Điểm đang lưu không suy ra được từ dữ liệu đang lưu: có người đã sửa thẳng vào cơ sở dữ liệu, hoặc dữ liệu hỏng. So với bản sao lưu trước khi làm gì khác."</p>
                    </div>
                    <ul class="rows">{differences}</ul>
                </section>
            }.into_any()
        }}
        <section class="card">
            <header><h2>"Các lần tính lại"</h2></header>
            <div class="scroll-x" tabindex="0" role="region" aria-label="Các lần tính lại">
                <table>
                    <caption class="visually-hidden">"Các lần tính lại, mới nhất trước"</caption>
                    <thead><tr>
                        <th scope="col">"Lúc"</th><th scope="col">"Các tháng"</th><th scope="col" class="num">"Số điểm"</th>
                        <th scope="col" class="num">"Thời gian"</th><th scope="col">"Kết quả"</th>
                    </tr></thead>
                    <tbody>{runs}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

#[component]
fn DifferenceLine(one: DifferenceView, opens: bool) -> impl IntoView {
    let words: Vec<&str> = one.what.iter().map(|what| what.label()).collect();
    let month = one.period.label().to_lowercase();
    let name = if opens {
        let href = format!("/sheet/{}?period={}", one.officer, one.period);
        view! { <a href=href>{one.name}</a> }.into_any()
    } else {
        view! { <b>{one.name}</b> }.into_any()
    };
    view! { <li class="row">{name}<span>{month}</span><span class="muted">{words.join(", ")}</span></li> }
}

#[component]
fn RunLine(run: RunView) -> impl IntoView {
    let (tone, text) = if run.different == 0 {
        ("good", "khớp".to_owned())
    } else {
        ("bad", format!("{} không khớp", run.different))
    };
    view! {
        <tr>
            <th scope="row">{run.at}</th>
            <td>{format!("{} – {}", run.from.label().to_lowercase(), run.until.label().to_lowercase())}</td>
            <td class="num">{run.checked}</td>
            <td class="num">{format!("{} giây", run.seconds.max(1))}</td>
            <td><Chip tone text/></td>
        </tr>
    }
}
