//! Petitions: those to answer first, due first; one's own; all of them for the personnel office; and the form.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

use super::{StateChip, left};
use crate::format::day;
use crate::petition::api::{LodgePetition, load_petitions};
use crate::petition::wire::{Form, Line, Lists};
use crate::ui::{
    Empty, Field, PostForm, RefusalNotice, TextArea, ask, refusal_of, refused_in, shown, typed_in,
};

/// The petitions that the visitor may see.
#[component]
pub fn PetitionsPage() -> impl IntoView {
    let query = use_query_map();
    let about = move || {
        let query = query.read();
        let value = |key: &str| query.get(key).filter(|text| !text.is_empty());
        value("decision")
            .or_else(|| value("period"))
            .unwrap_or_default()
    };
    let lists = ask(about, load_petitions);
    view! {
        <Title text="Kiến nghị"/>
        {Suspend::new(async move { shown(lists.await, |lists| view! { <Body lists/> }) })}
    }
}

#[component]
fn Body(lists: Lists) -> impl IntoView {
    let due = lists.to_answer.len();
    let answer = (due > 0).then(|| {
        view! { <List id="to-answer" title=format!("Chờ bạn trả lời: {due}") lines=lists.to_answer.clone() named=true/> }
    });
    let all = lists.all.clone().map(|lines| {
        view! { <List id="all" title="Mọi kiến nghị của cơ quan".to_owned() lines named=true/> }
    });
    view! {
        <header class="page-head">
            <h1>"Kiến nghị"</h1>
            <p class="muted">"Người được đánh giá, xếp loại có quyền kiến nghị khi không nhất trí với kết quả; người có thẩm quyền trả lời trong 07 ngày làm việc (Điều 22). Nội dung chỉ các bên liên quan xem được."</p>
        </header>
        {lists.form.clone().map(|form| view! { <Lodge form/> })}
        {answer}
        <Own lines=lists.own.clone()/>
        {all}
    }
}

#[component]
fn Own(lines: Vec<Line>) -> impl IntoView {
    if lines.is_empty() {
        return view! {
            <section class="card" aria-labelledby="own">
                <header><h2 id="own">"Kiến nghị của tôi"</h2></header>
                <Empty text="Bạn chưa gửi kiến nghị nào. Khi không nhất trí, hãy mở phiếu tháng đã thông báo hoặc thông báo kết quả năm và chọn gửi kiến nghị.">
                    <a class="button" href="/month">"Tháng của tôi"</a>
                </Empty>
            </section>
        }
        .into_any();
    }
    view! { <List id="own" title="Kiến nghị của tôi".to_owned() lines named=false/> }.into_any()
}

#[component]
fn List(id: &'static str, title: String, lines: Vec<Line>, named: bool) -> impl IntoView {
    let nobody = lines.is_empty();
    let rows = lines
        .into_iter()
        .map(|line| row(line, named))
        .collect_view();
    view! {
        <section class="card" aria-labelledby=id>
            <header><h2 id=id>{title}</h2></header>
            {if nobody {
                view! { <p class="card-body muted">"Chưa có kiến nghị nào."</p> }.into_any()
            } else {
                view! { <ul class="rows">{rows}</ul> }.into_any()
            }}
        </section>
    }
}

fn row(line: Line, named: bool) -> impl IntoView {
    let about = if line.line.is_empty() {
        line.about.label()
    } else {
        format!("{} · {}", line.about.label(), line.line)
    };
    let who = if named {
        format!("{} · trả lời: {}", line.name, line.authority_name)
    } else {
        format!("Trả lời: {}", line.authority_name)
    };
    let dates = format!("Nhận {}, hạn {}", day(line.received), day(line.due));
    let left = left(&line);
    view! {
        <li class="row" data-key=line.id.to_string()>
            <a href=format!("/petition/{}", line.id)>{about}</a>
            <span class="small">{who}</span>
            <span class="muted small">{dates}</span>
            <span class="small">{left}</span>
            <StateChip line=line.clone()/>
        </li>
    }
}

#[component]
fn Lodge(form: Form) -> impl IntoView {
    let refusal = refusal_of::<LodgePetition>();
    let content = match form.refused.clone() {
        Some(why) => view! { <p class="card-body">{why}</p> }.into_any(),
        None => {
            let options = form
                .lines
                .iter()
                .map(
                    |(value, words)| view! { <option value=value.clone()>{words.clone()}</option> },
                )
                .collect_view();
            let one_line = (!form.lines.is_empty()).then(|| {
                view! {
                    <Field label="Về phần nào" name="line">
                        <select id="line" name="line" aria-invalid=refused_in(refusal, "line")>
                            <option value="">"Toàn bộ kết quả"</option>
                            {options}
                        </select>
                    </Field>
                }
            });
            let promise = format!(
                "Người trả lời: {}. Hạn trả lời: {} ngày làm việc kể từ ngày nhận.",
                form.authority, form.days
            );
            let text = typed_in(refusal, "text")().unwrap_or_default();
            view! {
                <PostForm<LodgePetition> said="Đã gửi kiến nghị.">
                    <div class="card-body stack">
                        <RefusalNotice refusal/>
                        <p class="muted">{promise}</p>
                        <input type="hidden" name="about" value=form.about.clone()/>
                        {one_line}
                        <Field label="Nội dung: kết quả đúng theo bạn là gì, căn cứ" name="text">
                            <TextArea name="text" value=text rows=6 maxlength=4000 required=true/>
                        </Field>
                        <div><button class="button" data-tone="act">"Gửi kiến nghị"</button></div>
                    </div>
                </PostForm<LodgePetition>>
            }
            .into_any()
        }
    };
    view! {
        <section class="card" aria-labelledby="lodge">
            <header><h2 id="lodge">{format!("Gửi kiến nghị: {}", form.label)}</h2></header>
            {content}
        </section>
    }
}
