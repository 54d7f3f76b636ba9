//! The room of a meeting: everything is there once it is rendered; the island shows one subject at a time and follows.

use kpi::period::Period;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};
use uuid::Uuid;

use super::article::Article;
use super::dock::Dock;
use super::island::{Room as Island, Start};
use super::side::Side;
use crate::error::AppError;
use crate::meeting::api::{AssignTask, Conduct, EndMeeting, Present, WriteEntry, load_room};
use crate::meeting::wire::Room;
use crate::ui::{PostForm, RefusalNotice, ask, refusal_of, shown};

/// One meeting.
#[component]
pub fn MeetingPage() -> impl IntoView {
    let (query, params) = (use_query_map(), use_params_map());
    let id = |text: Option<String>| text.and_then(|text| text.parse::<Uuid>().ok());
    let asked = move || {
        (
            id(params.read().get("meeting")),
            id(query.read().get("subject")),
        )
    };
    let loaded = ask(asked, |(meeting, subject)| async move {
        match meeting {
            Some(meeting) => load_room(meeting).await.map(|room| (room, subject)),
            None => Err(AppError::NotFound),
        }
    });
    view! {
        <Title text="Họp"/>
        {Suspend::new(async move {
            shown(loaded.await, |(room, subject)| view! { <Body room subject/> })
        })}
    }
}

#[component]
fn Body(room: Room, subject: Option<Uuid>) -> impl IntoView {
    let ids: Vec<Uuid> = room.figures.subjects.iter().map(|one| one.id).collect();
    let shown = subject
        .or(room.state.subject)
        .filter(|id| ids.contains(id))
        .or_else(|| ids.first().copied());
    let at = ids.iter().position(|id| Some(*id) == shown);
    let beside = |by: isize| {
        at.and_then(|at| at.checked_add_signed(by))
            .and_then(|at| ids.get(at).copied())
    };
    let start = Start {
        state: room.state.clone(),
        me: room.me,
        holds: room.holds,
        looks: subject.is_some(),
    };
    let articles = room
        .figures
        .subjects
        .iter()
        .enumerate()
        .map(|(at, one)| {
            let entries = room
                .entries
                .iter()
                .filter(|entry| entry.subject == Some(one.id))
                .cloned()
                .collect();
            let hidden = Some(one.id) != shown;
            view! { <Article subject=one.clone() number=at + 1 entries hidden kind=room.line.kind/> }
        })
        .collect_view();
    let nobody = ids.is_empty().then(|| {
        view! { <p class="notice" data-tone="plain">"Cuộc họp này chưa có ai để trình bày: đơn vị chưa có công chức hoặc đơn vị trực thuộc trong kỳ."</p> }
    });
    let step = |by: isize, words: &'static str, name: &'static str| {
        let href = beside(by).map(|id| format!("?subject={id}"));
        view! { <a class="button room-step" data-move=name href=href.unwrap_or_default()>{words}</a> }
    };
    let (before, after) = (step(-1, "‹ Trước", "before"), step(1, "Tiếp ›", "after"));
    view! {
        <Island start>
            <Head room=room.clone()/>
            <News room=room.clone() shown/>
            <div class="room-body">
                <Side room=room.clone() shown/>
                <section class="room-stage" aria-label="Nội dung đang xem">
                    <nav class="room-move" aria-label="Chuyển người hoặc đơn vị">
                        {before}
                        {after}
                    </nav>
                    <div class="room-scroll" tabindex="0" role="region" aria-label="Điểm và ghi chép">{nobody} {articles}</div>
                    <Dock room=room.clone() shown/>
                </section>
            </div>
        </Island>
    }
}

/// What it is, who presents, and what the presenter may do.
#[component]
fn Head(room: Room) -> impl IntoView {
    let line = &room.line;
    let what = line
        .period
        .map_or_else(|| format!("Năm {}", line.year), Period::label);
    let minutes = format!("/meeting/{}/minutes", line.meeting);
    view! {
        <header class="room-head">
            <a class="button" data-tone="quiet" href="/meeting" aria-label="Về danh sách cuộc họp">"‹ Họp"</a>
            <div class="room-title">
                <h1>{format!("{} · {what}", line.unit_name)}</h1>
                <p class="muted small">
                    {line.kind.label()}
                    <span class="room-when" data-when="taken">" · "<b data-slot="presenter">{room.state.presenter_name.clone()}</b>" trình bày"</span>
                    <span class="room-when" data-when="free">" · chưa có người trình bày"</span>
                    " · "<span data-slot="present" class="num">{room.state.present.to_string()}</span>" máy cùng xem"
                </p>
            </div>
            <div class="room-tools">
                <button class="button room-script" type="button" data-local="large">"Chữ lớn"</button>
                {room.holds.then(|| view! { <Controls room=room.clone()/> })}
                <a class="button room-when" data-tone="act" data-when="ended" href=minutes>"Xem biên bản"</a>
            </div>
        </header>
    }
}

/// The presenter's buttons; which of them show follows from where the meeting is.
#[component]
fn Controls(room: Room) -> impl IntoView {
    let (meeting, step) = (room.line.meeting.to_string(), room.state.step.to_string());
    let hidden = (meeting.clone(), step.clone());
    let button = |act: &'static str, when: &'static str, words: &'static str| {
        view! { <button class="button room-when" name="act" value=act data-when=when>{words}</button> }
    };
    view! {
        <PostForm<Conduct> id="conduct">
            <input type="hidden" name="meeting" value=meeting/>
            <input type="hidden" name="step" value=step/>
            {button("hide", "named", "Ẩn tên")}
            {button("show", "hidden", "Hiện tên")}
            {button("freeze", "live", "Chốt số liệu")}
            {button("thaw", "frozen", "Bỏ chốt")}
            {button("release", "mine", "Trao lại")}
            {button("take", "others", "Nhận trình bày")}
        </PostForm<Conduct>>
        <details class="room-end room-when" data-when="mine">
            <summary class="button">"Kết thúc"</summary>
            <div class="room-sheet">
                <p>"Kết thúc cuộc họp? Số liệu được chốt, biên bản được soạn từ ghi chép để thư ký sửa và người chủ trì ký."</p>
                <PostForm<EndMeeting> id="end">
                    <input type="hidden" name="meeting" value=hidden.0/>
                    <input type="hidden" name="step" value=hidden.1/>
                    <button class="button" data-tone="act">"Kết thúc và lập biên bản"</button>
                </PostForm<EndMeeting>>
            </div>
        </details>
    }
}

/// A bar of fixed height: each message has its place and waits for a tap.
#[component]
fn News(room: Room, shown: Option<Uuid>) -> impl IntoView {
    let refusals = [
        refusal_of::<Present>(),
        refusal_of::<Conduct>(),
        refusal_of::<EndMeeting>(),
        refusal_of::<WriteEntry>(),
        refusal_of::<AssignTask>(),
    ];
    let refused = Signal::derive(move || refusals.iter().find_map(Signal::get));
    let here = room.holds.then_some(shown).flatten().map(|subject| {
        view! {
            <PostForm<Present> id="present">
                <input type="hidden" name="meeting" value=room.line.meeting.to_string()/>
                <input type="hidden" name="step" value=room.state.step.to_string()/>
                <input type="hidden" name="subject" value=subject.to_string()/>
                <button class="button room-plain">"Đưa lên mọi máy"</button>
            </PostForm<Present>>
        }
    });
    view! {
        <div class="room-news" data-count=room.state.entries.to_string()>
            <p class="room-state">
                <span class="room-when" data-when="frozen">"Số liệu chốt lúc "<b data-slot="frozen">{room.state.frozen.clone()}</b></span>
                <span class="room-when" data-when="live">"Số liệu trực tiếp"</span>
            </p>
            <button class="button" type="button" data-local="back" data-on="">"Đang xem riêng – Về chỗ người trình bày"</button>
            <button class="button" type="button" data-local="update" data-on=""><span data-slot="changes">"0"</span>" thay đổi – Cập nhật"</button>
            <p class="room-held" role="status" data-slot="held" data-on=""></p>
            {here}
            <div class="room-refused" role="alert" data-slot="refused">{refused.get_untracked().map(|error: AppError| error.to_string())}</div>
        </div>
        <noscript><RefusalNotice refusal=refused/></noscript>
    }
}
