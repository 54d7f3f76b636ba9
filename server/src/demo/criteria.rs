//! Points of the ten common criteria: what a person gives himself, and what the head makes of it.

use kpi::criterion::criteria_of_form_01;
use kpi::scoring::CommonPoint;
use rust_decimal::Decimal;

use super::character::{Character, Climate};
use super::random::Random;
use super::words;

/// One criterion of a sheet.
#[derive(Clone, Debug)]
pub struct Judged {
    /// "II.3".
    pub criterion: String,
    /// By the person.
    pub own: Decimal,
    /// By the head.
    pub confirmed: Decimal,
    /// Why they differ.
    pub reason: &'static str,
}

/// Points in quarters, so that they stay exact.
fn points(quarters: i64) -> Decimal {
    Decimal::new(quarters * 25, 2).normalize()
}

/// Judges a month. `done` is the share of the work done, per mille.
pub fn judge(
    character: Character,
    climate: Climate,
    done: i64,
    random: &mut Random,
) -> Vec<Judged> {
    // Somebody who left half his work undone loses a little here too.
    let merit = character.merit + (done.min(1000) - 1000) / 8;
    criteria_of_form_01()
        .into_iter()
        .map(|criterion| {
            let most = i64::try_from(criterion.max * Decimal::from(4)).unwrap_or(0);
            // Innovation is the hardest to show (group III).
            let usual = if criterion.group == "III" {
                merit - 55
            } else {
                merit + 30
            };
            let fair = if climate.levelling {
                most * 860 / 1000 + i64::from(random.chance(60))
            } else {
                most * random.around(usual, 70) / 1000 + random.between(0, 1)
            };
            // Steps of half a point, as people give them.
            let confirmed = (fair / 2 * 2).clamp(most / 4, most);
            let (own, reason) = match random.between(0, 9) {
                throw if throw < character.vanity => (
                    (confirmed + 2 * random.between(1, 2)).min(most),
                    random.pick(words::LOWER_POINTS),
                ),
                9 if random.chance(300) => {
                    ((confirmed - 2).max(0), random.pick(words::HIGHER_POINTS))
                }
                _ => (confirmed, ""),
            };
            Judged {
                criterion: criterion.code,
                own: points(own),
                confirmed: points(confirmed),
                reason: if own == confirmed { "" } else { reason },
            }
        })
        .collect()
}

/// The points as the engine takes them: the head's, or the person's own.
pub fn common(judged: &[Judged], confirmed: bool) -> Vec<CommonPoint> {
    judged
        .iter()
        .map(|one| CommonPoint {
            criterion: one.criterion.clone(),
            points: if confirmed { one.confirmed } else { one.own },
        })
        .collect()
}
