//! What a leader's own criteria rest on: scores below, and how the unit did (khoản 3 Điều 15).

use rust_decimal::Decimal;

use super::character::climate;
use super::organisation::Kind;
use super::sheets::Scoring;

impl Scoring<'_> {
    /// Scores of those directly below (điểm a khoản 3 Điều 15), as the running product collects them.
    pub(super) fn subordinates(&self, leader: usize) -> Vec<Decimal> {
        let Some(leading) = self.ground.people.get(leader) else {
            return Vec::new();
        };
        let mut scores: Vec<_> = self
            .done
            .iter()
            .filter_map(|(index, figures)| {
                let person = self.ground.people.get(*index)?;
                let same_unit = person.unit == leading.unit && *index != leader;
                let below = match leading.kind {
                    Kind::Head => {
                        (same_unit && person.kind != Kind::Head)
                            || (leading.unit == 0 && person.kind == Kind::Head)
                    }
                    _ => same_unit && person.kind == Kind::Staff,
                };
                figures
                    .score
                    .filter(|_| below)
                    .map(|score| (person.id, score))
            })
            .collect();
        scores.sort_unstable();
        scores.into_iter().map(|(_, score)| score).collect()
    }

    /// đ and e of a unit's leaders: 100 or 50.
    pub(super) fn choose(&mut self, unit: usize) -> (u32, u32) {
        let mut sums = (Decimal::ZERO, Decimal::ZERO, Decimal::ZERO);
        for (index, figures) in &self.done {
            if self
                .ground
                .people
                .get(*index)
                .is_some_and(|person| person.unit == unit || unit == 0)
            {
                sums.0 += figures.assigned;
                sums.1 += figures.volume;
                sums.2 += figures.progress;
            }
        }
        // On time with quality, and something new in most months (điểm b khoản 3 Điều 15).
        let full = sums.1 * Decimal::ONE_HUNDRED >= sums.0 * Decimal::from(88)
            && sums.2 * Decimal::ONE_HUNDRED >= sums.0 * Decimal::from(84);
        let organising = if full && self.random.chance(850) {
            100
        } else {
            50
        };
        let unity = if climate(unit).disunity
            && (self.index >= 9 || self.days.period.month_number() >= 10)
        {
            50
        } else {
            100
        };
        (organising, unity)
    }
}
