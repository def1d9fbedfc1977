/// Which end of an indicator is bad.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Polarity {
    /// A high value is bad.
    HighIsBad,
    /// A high value is good.
    HighIsGood,
    /// Neither is.
    Neutral,
}
