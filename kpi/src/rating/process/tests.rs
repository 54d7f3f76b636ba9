//! Tests of `rating::process`.

use super::*;

const STAFF: Subject = Subject {
    leads: false,
    decided_above: false,
};
const DEPUTY: Subject = Subject {
    leads: true,
    decided_above: false,
};
const AGENCY_HEAD: Subject = Subject {
    leads: true,
    decided_above: true,
};

/// Takes the actions one after the other, from the first state.
fn walk(subject: Subject, steps: &[(YearAction, YearActor)]) -> Result<YearStatus, YearRefusal> {
    steps.iter().try_fold(S::Draft, |state, (action, who)| {
        step(state, *action, *who, subject)
    })
}

use YearActor::{Authority, Committee, Personnel, Subject as Own};

#[test]
fn step_leads_staff_from_form_02_to_publication_without_the_committee() {
    let steps = [
        (A::Submit, Own),
        (A::RecordMeeting, Personnel),
        (A::Propose, Personnel),
        (A::Decide, Authority),
        (A::Publish, Personnel),
        (A::Replace, Authority),
    ];
    let states: Vec<_> = (1..=steps.len())
        .map(|count| walk(STAFF, &steps[..count]).unwrap())
        .collect();
    assert_eq!(
        states,
        [
            S::Submitted,
            S::Met,
            S::Proposed,
            S::Decided,
            S::Published,
            S::Published
        ]
    );
    let asked = [
        (A::Submit, Own),
        (A::RecordMeeting, Personnel),
        (A::GiveOpinion, Committee),
    ];
    assert_eq!(walk(STAFF, &asked), Err(YearRefusal::NoOpinion));
}

#[test]
fn step_asks_the_committee_about_heads_and_deputies() {
    let met = [(A::Submit, Own), (A::RecordMeeting, Personnel)];
    for subject in [DEPUTY, AGENCY_HEAD] {
        let met = walk(subject, &met).unwrap();
        assert_eq!(
            step(met, A::Propose, Personnel, subject),
            Err(YearRefusal::OpinionMissing)
        );
        let heard = step(met, A::GiveOpinion, Committee, subject).unwrap();
        assert_eq!(step(heard, A::Propose, Personnel, subject), Ok(S::Proposed));
        assert_eq!(
            step(S::Proposed, A::StepBack, Personnel, subject),
            Ok(S::Opinion)
        );
    }
    assert_eq!(step(S::Proposed, A::StepBack, Personnel, STAFF), Ok(S::Met));
}

#[test]
fn step_leaves_the_head_of_the_agency_to_the_managing_agency() {
    assert_eq!(
        step(S::Proposed, A::Decide, Authority, AGENCY_HEAD),
        Err(YearRefusal::DecidedAbove)
    );
    assert_eq!(
        step(S::Proposed, A::EnterDecision, Personnel, AGENCY_HEAD),
        Ok(S::Decided)
    );
    assert_eq!(
        step(S::Published, A::Replace, Personnel, AGENCY_HEAD),
        Ok(S::Published)
    );
    assert_eq!(
        step(S::Published, A::Replace, Authority, AGENCY_HEAD),
        Err(YearRefusal::DecidedAbove)
    );
    for (from, action) in [(S::Proposed, A::EnterDecision), (S::Decided, A::Replace)] {
        assert_eq!(
            step(from, action, Personnel, DEPUTY),
            Err(YearRefusal::DecidedHere)
        );
    }
}

#[test]
fn step_refuses_publishing_before_signing_and_whatever_the_table_does_not_have() {
    for from in S::ALL {
        for action in A::ALL {
            for who in YearActor::ALL {
                for subject in [STAFF, DEPUTY, AGENCY_HEAD] {
                    let reached = step(*from, *action, *who, subject).ok();
                    if let Some(to) = reached {
                        assert!(transitions().any(|found| found == (*from, *action, to)));
                        assert!(actors(*action).contains(who));
                    }
                    if reached == Some(S::Published) {
                        assert!(matches!(from, S::Decided | S::Published));
                    }
                    if reached == Some(S::Decided) && *from != S::Decided {
                        assert_eq!(*from, S::Proposed);
                    }
                }
            }
        }
    }
}

#[test]
fn transitions_are_each_taken_by_somebody_and_no_decision_is_stepped_back() {
    for (from, action, to) in transitions() {
        let taken = YearActor::ALL.iter().any(|who| {
            [STAFF, DEPUTY, AGENCY_HEAD]
                .into_iter()
                .any(|subject| step(from, action, *who, subject) == Ok(to))
        });
        assert!(taken, "{from:?} {action:?} {to:?}");
        assert!(from < S::Decided || to >= S::Decided, "{from:?} {to:?}");
    }
}

#[test]
fn actors_let_nobody_but_the_authority_decide_and_the_person_only_hand_in_and_take_back() {
    let of = |who: YearActor| -> Vec<YearAction> {
        let all = A::ALL.iter().copied();
        all.filter(|action| actors(*action).contains(&who))
            .collect()
    };
    assert_eq!(of(Own), [A::Submit, A::Withdraw]);
    assert_eq!(of(Committee), [A::GiveOpinion]);
    assert_eq!(of(Authority), [A::Decide, A::Publish, A::Replace]);
    assert_eq!(actors(A::Decide), [Authority]);
    let refusal = step(S::Proposed, A::Decide, Own, STAFF).unwrap_err();
    assert_eq!(
        refusal.to_string(),
        "Người được xếp loại không được quyết định mức xếp loại."
    );
}

#[test]
fn check_level_is_never_above_the_computed_and_below_it_with_a_reason() {
    use Level::{Completed, Excellent, Good};
    assert_eq!(check_level(Some(Good), Good, ""), Ok(()));
    assert_eq!(check_level(Some(Excellent), Good, "Nhường suất"), Ok(()));
    let field = |computed, level, reason| check_level(computed, level, reason).unwrap_err().field;
    assert_eq!(field(Some(Excellent), Good, " "), "reason");
    assert_eq!(field(Some(Good), Excellent, "Có công"), "level");
    assert_eq!(field(None, Completed, "Có lý do"), "level");
}

#[test]
fn check_places_counts_what_is_over() {
    assert_eq!(check_places("trong toàn cơ quan", 5, 5), Ok(()));
    let refusal = check_places("trong nhóm Chuyên viên", 7, 5).unwrap_err();
    assert_eq!(refusal.field, "level");
    assert!(
        refusal
            .message
            .starts_with("Vượt 2 suất xuất sắc trong nhóm Chuyên viên (tối đa 5)"),
        "{}",
        refusal.message
    );
}

#[test]
fn opens_on_the_first_of_november_for_form_02_and_check_season_names_the_day() {
    let day = |text: &str| -> NaiveDate { text.parse().unwrap() };
    assert_eq!(opens_on(2026, A::Submit), day("2026-11-01"));
    assert_eq!(opens_on(2026, A::Decide), day("2026-12-01"));
    assert_eq!(check_season(2026, A::Submit, day("2026-11-01")), Ok(()));
    assert_eq!(check_season(2025, A::Decide, day("2026-11-01")), Ok(()));
    let early = check_season(2026, A::Propose, day("2026-11-30")).unwrap_err();
    assert_eq!(early.field, "year");
    assert!(early.message.contains("01/12/2026"), "{}", early.message);
}
