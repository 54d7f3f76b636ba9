//! The worker that gives letters to the SMTP server: one transaction a letter, so that a server that dies leaves it waiting,
//! and two servers never hold the same one.

use std::time::Duration;

use sqlx::PgPool;
use tokio::time::{Instant, sleep};

use super::smtp::Outcome;
use super::store::{self, Tried};
use super::{Sender, Smtp};
use crate::error::AppError;

/// Between two looks for letters.
const PAUSE: Duration = Duration::from_secs(10);
/// After a server that could not be reached, or a failure.
const PAUSE_AFTER_FAILURE: Duration = Duration::from_secs(60);
/// How often letters that are done with are removed.
const CLEANED_EVERY: Duration = Duration::from_secs(60 * 60);
/// Answers "not now" before a letter is given up: about a day, with the pauses between them.
const MOST_TRIES: i32 = 12;
/// Longest pause between two tries of a letter, in minutes.
const LONGEST_PAUSE: i32 = 6 * 60;
/// Days after which a letter that still waits is given up.
const OLD: i32 = 3;
/// Days that a letter is kept after it was sent or given up.
const KEPT: i32 = 7;

/// How a look for letters ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Nothing is due any more; so many were sent.
    Done(u32),
    /// The server could not be spoken with; the letters wait.
    Unreachable,
}

/// Sends until the task is dropped. A failure is logged and tried again.
pub async fn run(pool: PgPool, smtp: Smtp) {
    let sender = smtp.open();
    let mut cleaned: Option<Instant> = None;
    loop {
        let pause = match turn(&pool, &sender).await {
            Ok(Turn::Done(_)) => PAUSE,
            Ok(Turn::Unreachable) => PAUSE_AFTER_FAILURE,
            Err(error) => {
                tracing::error!(%error, "mail could not be read; trying again");
                PAUSE_AFTER_FAILURE
            }
        };
        if cleaned.is_none_or(|at| at.elapsed() > CLEANED_EVERY) {
            cleaned = Some(Instant::now());
            if let Err(error) = store::remove_old(&pool, KEPT).await {
                tracing::warn!(%error, "old mail could not be removed");
            }
        }
        sleep(pause).await;
    }
}

/// Sends every letter that is due.
///
/// # Errors
/// The database's failure.
pub async fn turn(pool: &PgPool, sender: &Sender) -> Result<Turn, AppError> {
    let old = store::give_up_old(pool, OLD).await?;
    if old > 0 {
        tracing::warn!(letters = old, "mail waited too long and was given up");
    }
    if !store::any_due(pool).await? {
        return Ok(Turn::Done(0));
    }
    if let Err(failure) = sender.reach().await {
        tracing::warn!(%failure, "the SMTP server cannot be spoken with; mail waits");
        return Ok(Turn::Unreachable);
    }
    let mut sent = 0;
    loop {
        let mut db = pool.begin().await?;
        let Some(mail) = store::take(&mut db).await? else {
            return Ok(Turn::Done(sent));
        };
        let outcome = sender.send(&mail).await;
        let broken = matches!(outcome, Outcome::Broken(_));
        let tried = match &outcome {
            Outcome::Sent => {
                sent += 1;
                Tried::Sent
            }
            Outcome::Refused(why) => Tried::GivenUp(why),
            Outcome::Later(why) | Outcome::Broken(why) if mail.tries + 1 >= MOST_TRIES => {
                Tried::GivenUp(why)
            }
            Outcome::Later(why) | Outcome::Broken(why) => {
                Tried::Later(pause_after(mail.tries + 1), why)
            }
        };
        if let Tried::GivenUp(_) = tried {
            tracing::warn!(mail = %mail.mail, tries = mail.tries + 1, "mail was given up");
        }
        store::tried(&mut db, &mail, tried).await?;
        db.commit().await?;
        if broken {
            return Ok(Turn::Unreachable);
        }
    }
}

/// Minutes before the next try: 1, 2, 4 … and at most six hours.
fn pause_after(tries: i32) -> i32 {
    let doublings = u32::try_from(tries - 1).unwrap_or_default().min(16);
    2_i32.pow(doublings).min(LONGEST_PAUSE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_six_hours_and_last_about_a_day() {
        let pauses: Vec<i32> = (1..MOST_TRIES).map(pause_after).collect();
        assert_eq!(pauses, [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360]);
        let hours = pauses.iter().sum::<i32>() / 60;
        assert!((18..=26).contains(&hours), "{hours}");
    }
}
