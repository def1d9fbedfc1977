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

#[test]
fn notes_and_targets_on_values_that_there_are_not() {
    let folder = manifest_and("\n[[notes]]\nfile = \"notes.csv\"\n\n[[targets]]\nfile = \"targets.csv\"\n");
    let notes = "area_code,indicator,period,note\nA1,people,1999,x\nA1,people,2019,x\nA1,people,,x\nA1,,1999,x\n";
    let targets = "area_code,indicator,period,target\nA1,people,1999,5\nA1,people,2019,5\nA1,people,2030,5\n";
    assert_snapshot!(folder.with("notes.csv", notes).with("targets.csv", targets).problems(), @r#"
    notes.csv:2: warning: `people` has no values for `area` in 1999, so that this is never shown
      column: `period`
      value: `1999`
      hint: mend the row, or take it out

    targets.csv:2: warning: `people` has no values for `area` in 1999, so that this is never shown
      column: `period`
      value: `1999`
      hint: mend the row, or take it out
    "#);
}
