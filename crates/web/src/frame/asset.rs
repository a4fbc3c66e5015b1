//! The style sheet and the scripts.

use crate::frame::answer::Answer;
use crate::frame::assets;
use crate::frame::problem::Problem;
use crate::frame::route::Ask;

pub fn asset(ask: &Ask<'_>) -> Result<Answer, Problem> {
    assets::asset(ask.part("file")).ok_or(Problem::NoSuchPage)
}
