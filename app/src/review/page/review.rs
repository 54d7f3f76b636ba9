//! One person's month as the superior concludes it, on a tablet in a meeting: the list stays, the person changes.

use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};
use uuid::Uuid;

use super::conclusion::Conclusion;
use super::decisions::Decisions;
use super::review_parts::{Difference, Figures, Head, People};
use crate::error::AppError;
use crate::live::Follow;
use crate::review::api::load_review;
use crate::review::leader::Grounds;
use crate::review::wire::ReviewView;
use crate::ui::{ask, shown};

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
    let loaded = ask(
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
        {Suspend::new(async move {
            shown(loaded.await, |review| view! { <Review review/> })
        })}
    }
}

#[component]
fn Review(review: ReviewView) -> impl IntoView {
    let mut officers: Vec<Uuid> = review.people.iter().map(|person| person.officer).collect();
    officers.push(review.sheet.officer);
    view! {
        <Follow officers/>
        <div class="review">
            <People data=review.clone()/>
            <div class="review-person">
                <Head data=review.clone()/>
                <Figures data=review.clone()/>
                <Decisions data=review.clone()/>
                <Difference data=review.clone()/>
                {review.leader.clone().map(|grounds| view! { <Grounds grounds period=review.sheet.period/> })}
                <Conclusion data=review/>
            </div>
        </div>
    }
}
