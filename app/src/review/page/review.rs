//! One person's month as the superior concludes it, on a tablet in a meeting: the list stays, the person changes.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};
use uuid::Uuid;

use super::conclusion::Conclusion;
use super::decisions::Decisions;
use super::review_parts::{Difference, Figures, Head, People};
use crate::error::AppError;
use crate::live::use_live;
use crate::review::api::load_review;
use crate::review::wire::ReviewView;
use crate::ui::shown;

/// The review of one person's month.
#[component]
pub fn ReviewPage() -> impl IntoView {
    let (query, params) = (use_query_map(), use_params_map());
    let officer = Memo::new(move |_| {
        params
            .read()
            .get("officer")
            .and_then(|text| text.parse::<Uuid>().ok())
    });
    let period = Memo::new(move |_| query.read().get("period").unwrap_or_default());
    let loaded = Resource::new_blocking(
        move || (officer.get(), period.get()),
        |(officer, period)| async move {
            match officer {
                Some(officer) => load_review(officer, period).await,
                None => Err(AppError::NotFound),
            }
        },
    );
    view! {
        <Title text="Họp đánh giá"/>
        <Transition fallback=|| view! { <p class="loading">"Đang tải…"</p> }>
            {move || Suspend::new(async move {
                shown(loaded.await, |review| {
                    // Another person gets new fields: nothing typed about one stays for the next.
                    view! {
                        <For each=move || [review.clone()] key=|review| (review.sheet.officer, review.sheet.period) let(review)>
                            <Review review/>
                        </For>
                    }
                })
            })}
        </Transition>
    }
}

/// The review once it is loaded; what changes later comes through one signal, so no field is drawn over.
#[component]
fn Review(review: ReviewView) -> impl IntoView {
    let (officer, period) = (review.sheet.officer, review.sheet.period.to_string());
    let data = RwSignal::new(review);
    let refresh = RwSignal::new(0_u32);
    let moved = use_live().version(move |changed| {
        data.try_with(|data| {
            data.people
                .iter()
                .any(|person| changed.officers.contains(&person.officer))
        })
        .unwrap_or(false)
            || changed.officers.contains(&officer)
    });
    let latest = StoredValue::new(0_u32);
    Effect::new(move |before: Option<(u32, u32)>| {
        let now = (moved.get(), refresh.get());
        if before.is_some_and(|before| before != now) {
            let number = latest.try_update_value(|latest| {
                *latest += 1;
                *latest
            });
            let period = period.clone();
            spawn_local(async move {
                // A failure keeps what is shown; the stream's state says that the connection is lost.
                if let Ok(fresh) = load_review(officer, period).await
                    && latest.try_get_value() == number
                {
                    data.try_set(fresh);
                }
            });
        }
        now
    });
    view! {
        <div class="review">
            <People data/>
            <div class="review-person">
                <Head data/>
                <Figures data/>
                <Decisions data refresh/>
                <Difference data/>
                <Conclusion data refresh/>
            </div>
        </div>
    }
}

/// Loads again once an action succeeded.
pub fn refresh_when_done<T>(action: ServerAction<T>, refresh: RwSignal<u32>)
where
    T: leptos::server_fn::ServerFn<Output = (), Error = AppError> + Clone + Send + Sync + 'static,
{
    let value = action.value();
    Effect::new(move |_| {
        if matches!(&*value.read(), Some(Ok(()))) {
            refresh.try_update(|refresh| *refresh += 1);
        }
    });
}
