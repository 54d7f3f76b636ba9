//! One person's year: twelve months, the mean as one can check it with a pocket calculator, the level with its article.

use kpi::period::Period;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};
use uuid::Uuid;

use super::person_facts::{Absences, Blockers, OutsideCard};
use super::{YearSwitch, basis};
use crate::error::AppError;
use crate::format::{day, score};
use crate::live::Follow;
use crate::rating::api::load_person;
use crate::rating::months::{Held, Line, State};
use crate::rating::wire::{Outcome, PersonYear, Standing};
use crate::ui::{Bands, Chip, Figure, LevelChip, ask, shown};

/// The own year, or that of somebody within reach.
#[component]
pub fn PersonYearPage() -> impl IntoView {
    let (query, params) = (use_query_map(), use_params_map());
    let source = move || {
        let officer = params
            .read()
            .get("officer")
            .and_then(|text| text.parse::<Uuid>().ok());
        (officer, query.read().get("year").unwrap_or_default())
    };
    let year = ask(source, |(officer, year)| async move {
        match officer {
            Some(officer) => load_person(officer, year).await,
            None => Err(AppError::NotFound),
        }
    });
    view! {
        <Title text="Kết quả năm"/>
        {Suspend::new(async move { shown(year.await, |data| view! { <Body data/> }) })}
    }
}

#[component]
fn Body(data: PersonYear) -> impl IntoView {
    let line = data.line.clone();
    let lead = format!("{} · {}", line.title, line.unit_name);
    let until = chrono::Datelike::year(&data.today);
    let back = format!("/rating?year={}", data.year);
    let sheet = if data.own {
        format!("/year-sheet/{}", data.year)
    } else {
        format!("/year-sheet/{}/{}", data.year, data.line.officer)
    };
    let officer = line.officer;
    view! {
        <Follow officers=vec![officer]/>
        <header class="page-head">
            {(!data.own).then(|| view! { <a class="page-back" href=back>"‹ Xếp loại năm"</a> })}
            <h1>{format!("{}: năm {}", line.name, data.year)}</h1>
            <p class="muted">{lead}</p>
            <div class="toolbar">
                <YearSwitch year=data.year until/>
                <a class="button" href=sheet>"Phiếu xếp loại (Mẫu số 02)"</a>
            </div>
        </header>
        <Result data=data.clone()/>
        <Months data=data.clone()/>
        <Blockers data=data.clone()/>
        <Absences data=data.clone()/>
        <OutsideCard data=data.clone()/>
        <Posts posts=data.posts/>
    }
}

#[component]
fn Result(data: PersonYear) -> impl IntoView {
    let line = &data.line;
    let running =
        (!data.past).then(|| view! { <Chip tone="risk" text="Tạm tính, năm chưa kết thúc"/> });
    let level = match &line.outcome {
        Outcome::Rated { level: Some(_), .. } => {
            view! { <LevelChip level=line.level() full=true/> }.into_any()
        }
        Outcome::Rated { level: None, .. } => {
            view! { <Chip tone="plain" text="Không xếp loại"/> }.into_any()
        }
        Outcome::Stopped(_) => view! { <Chip tone="risk" text="Chưa xếp loại được"/> }.into_any(),
        Outcome::Left(_) => view! { <Chip tone="plain" text="Đã rời cơ quan"/> }.into_any(),
    };
    // Alone he is more than any share allows: whether there is a place, the list of the agency says.
    let candidate = matches!(line.standing, Standing::Open | Standing::Within).then(|| {
        view! { <p class="notice" data-tone="plain">"Mức xuất sắc là đề nghị theo điểm; số suất tính theo nhóm nhiệm vụ tương đồng và toàn cơ quan (khoản 5 Điều 20)."</p> }
    });
    let above = (line.standing == Standing::Above).then(|| {
        view! { <p class="notice" data-tone="plain">"Mức của người đứng đầu cơ quan do cơ quan quản lý quyết định (khoản 2 Điều 10), nên không tính vào số suất xuất sắc ở đây."</p> }
    });
    let mean = line.mean;
    let parts = [
        "Quý I",
        "Quý II",
        "Quý III",
        "Quý IV",
        "6 tháng đầu",
        "6 tháng cuối",
    ]
    .into_iter()
    .zip(line.quarters.iter().chain(&line.halves).copied())
    .map(|(name, mean)| view! { <div><dt>{name}</dt><dd class="num">{score(mean)}</dd></div> })
    .collect_view();
    view! {
        <section class="card" aria-labelledby="result">
            <header><h2 id="result">"Kết quả"</h2>{level}{running}</header>
            <div class="card-body stack">
                <Figure label="Điểm trung bình các tháng" value=Signal::stored(score(mean)) of=Signal::stored("/ 100".to_owned())/>
                <Bands value=Signal::stored(mean)/>
                <p>{basis(line)}</p>
                {candidate}
                {above}
                {(!data.formula.is_empty()).then(|| view! { <p class="formula">{data.formula.clone()}</p> })}
                <p class="small muted">"Trung bình cộng các điểm, làm tròn một lần ở kết quả (khoản 3 Điều 17); kiểm tra được bằng máy tính bỏ túi."</p>
                {divisor(&data).map(|words| view! { <p class="small">{words}</p> })}
                <dl class="rating-parts">{parts}</dl>
            </div>
        </section>
    }
}

/// Why the divisor is not twelve.
fn divisor(data: &PersonYear) -> Option<String> {
    let named = |keep: &dyn Fn(&State) -> bool, words: &str| {
        let months: Vec<String> = data
            .months
            .iter()
            .filter(|line| keep(&line.state))
            .map(|line| line.period.month_number().to_string())
            .collect();
        (!months.is_empty()).then(|| format!("tháng {} {words}", months.join(", ")))
    };
    let parts: Vec<String> = [
        named(
            &|state| matches!(state, State::Away(_)),
            "vắng mặt có lý do, không tính vào mẫu số (khoản 2 Điều 11, khoản 3 Điều 19)",
        ),
        named(
            &|state| matches!(state, State::NotHere),
            "không công tác tại cơ quan",
        ),
        named(
            &|state| matches!(state, State::Probation),
            "tập sự, chỉ theo dõi",
        ),
        named(
            &|state| matches!(state, State::Missing(_)),
            "chưa có điểm được xác nhận",
        ),
        named(&|state| matches!(state, State::Ahead), "chưa kết thúc"),
    ]
    .into_iter()
    .flatten()
    .collect();
    (!parts.is_empty()).then(|| {
        format!(
            "Mẫu số là {} tháng: {}. Số tháng công tác trong năm: {}.",
            data.line.scored,
            parts.join("; "),
            data.line.worked
        )
    })
}

#[component]
fn Months(data: PersonYear) -> impl IntoView {
    let officer = data.line.officer;
    let rows = data
        .months
        .iter()
        .map(|line| month(line, &data.posts, officer))
        .collect_view();
    view! {
        <section class="card" aria-labelledby="months">
            <header><h2 id="months">"Mười hai tháng"</h2></header>
            <div class="scroll-x" tabindex="0" role="region" aria-label="Mười hai tháng">
                <table>
                    <caption class="visually-hidden">{format!("Điểm từng tháng năm {}", data.year)}</caption>
                    <thead><tr><th scope="col">"Tháng"</th><th scope="col" class="num">"Điểm"</th><th scope="col">"Vị trí, nơi chấm"</th><th scope="col">"Ghi chú"</th></tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
}

fn month(line: &Line, posts: &[Held], officer: Uuid) -> impl IntoView + use<> {
    let period = line.period;
    let place = match &line.state {
        State::Outside(_, origin) => origin.organisation.clone(),
        State::NotHere => String::new(),
        _ => place_in(posts, period),
    };
    let note = line.state.note();
    let has_sheet = matches!(
        line.state,
        State::Own(_) | State::Missing(_) | State::Probation
    );
    let name = period.label();
    let sheet = format!("/sheet/{officer}?period={period}");
    let missing = matches!(line.state, State::Missing(_)).then_some("bad");
    view! {
        <tr data-tone=missing>
            <th scope="row">
                {if has_sheet {
                    view! { <a href=sheet>{name}</a> }.into_any()
                } else {
                    name.into_any()
                }}
            </th>
            <td class="num">{score(line.score())}</td>
            <td>{place}</td>
            <td>{note}</td>
        </tr>
    }
}

/// The last post of a month.
fn place_in(posts: &[Held], period: Period) -> String {
    posts
        .iter()
        .filter(|post| {
            post.from_day <= period.last_day()
                && post
                    .until_day
                    .is_none_or(|until| until >= period.first_day())
        })
        .max_by_key(|post| post.from_day)
        .map_or_else(String::new, |post| {
            format!("{} · {}", post.title, post.unit_name)
        })
}

#[component]
fn Posts(posts: Vec<Held>) -> impl IntoView {
    let rows = posts
        .into_iter()
        .map(|post| {
            let arrangement = post.arrangement.words();
            let until = post.until_day.map_or_else(|| "nay".to_owned(), day);
            view! {
                <li>
                    <b>{post.title}</b>
                    <span>{post.unit_name}</span>
                    <span class="muted">{format!("{} – {until}", day(post.from_day))}</span>
                    {(!arrangement.is_empty()).then(|| view! { <Chip tone="plain" text=arrangement/> })}
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="card" aria-labelledby="posts">
            <header><h2 id="posts">"Vị trí đã giữ trong năm"</h2><span class="muted small">"Mỗi tháng chấm theo vị trí giữ lúc đó."</span></header>
            <ul class="rows">{rows}</ul>
        </section>
    }
}
