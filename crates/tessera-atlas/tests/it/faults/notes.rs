//! Faults of notes, and how they are told.

use insta::assert_snapshot;

use super::manifest_and;

#[test]
fn notes_on_what_is_not_there() {
    assert_snapshot!(manifest_and("\n[[notes]]\nfile = \"notes.csv\"\n")
            .with("notes.csv", "area_code,indicator,period,note\nA9,,,x\nA1,peple,,x\nA1,people,soon,x\n").problems(), @r#"
    notes.csv:2: error: this code is no area of the atlas
      column: `area_code`
      value: `A9`
      hint: mend the code, or take the row out

    notes.csv:3: error: there is no indicator `peple`
      column: `indicator`
      hint: did you mean `people`?

    notes.csv:4: error: `soon` is no period: write 2019, 2019-06, 2019-Q2, 2018/19 or 2017-2019
      column: `period`
    "#);
}
