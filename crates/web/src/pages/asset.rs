//! The style sheet and the scripts.

use crate::answer::Answer;
use crate::assets;
use crate::problem::Problem;
use crate::routes::Ask;

pub fn asset(ask: &Ask<'_>) -> Result<Answer, Problem> {
    assets::asset(ask.part("file")).ok_or(Problem::NoSuchPage)
}
