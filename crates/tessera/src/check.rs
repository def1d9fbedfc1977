//! `tessera check`: what is right and wrong with an atlas folder.

use std::io::{self, Write};
use std::path::Path;
use std::process::ExitCode;

use serde_json::{Value, json};
use tessera_atlas::manifest::Disclosure;
use tessera_atlas::problem::{Severity, told};
use tessera_atlas::{EditionId, Report, judge_atlas};

use crate::{FAILED, Format};

/// How many codes or areas a table's lines name.
const NAMED: usize = 10;

/// Judges a folder and reports on standard output.
pub(crate) fn check(dir: &Path, format: Format, strict: bool) -> ExitCode {
    let (id, report) = judge_atlas(dir);
    let id = id.as_ref();
    let text = match format {
        Format::Text => as_text(&report, id),
        Format::Json => format!("{:#}", for_programs(&report, id)),
    };
    if writeln!(io::stdout(), "{text}").is_err() {
        return ExitCode::from(FAILED);
    }
    let (errors, warnings) = (report.count(Severity::Error), report.count(Severity::Warning));
    ExitCode::from(match (errors, warnings) {
        (1.., _) => FAILED,
        (0, 1..) if strict => 1,
        _ => 0,
    })
}

/// "2 errors, 1 warning"
pub(crate) fn tally(report: &Report) -> String {
    let counted = |severity: Severity| {
        let count = report.count(severity);
        let ending = if count == 1 { "" } else { "s" };
        format!("{count} {severity}{ending}")
    };
    format!("{}, {}", counted(Severity::Error), counted(Severity::Warning))
}

fn noun(n: usize, one: &'static str, more: &'static str) -> &'static str {
    if n == 1 { one } else { more }
}

fn as_text(report: &Report, edition: Option<&EditionId>) -> String {
    let mut blocks = Vec::new();
    for table in &report.tables {
        let mut block = format!(
            "{}{} → {}: {} {}, {} matched, {} elsewhere, {} unmatched, {} duplicates; {} {} without a value",
            table.file,
            table.sheet.as_ref().map(|sheet| format!(" [{sheet}]")).unwrap_or_default(),
            table.geography,
            table.rows,
            noun(table.rows, "row", "rows"),
            table.matched,
            table.elsewhere,
            table.unmatched.len(),
            table.duplicates,
            table.without_value.len(),
            noun(table.without_value.len(), "area", "areas")
        );
        for (what, codes) in [("unmatched", &table.unmatched), ("without a value", &table.without_value)] {
            if !codes.is_empty() {
                let more = if codes.len() > NAMED { ", …" } else { "" };
                block.push_str(&format!(
                    "\n  {what}: {}{more}",
                    codes.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ")
                ));
            }
        }
        blocks.push(block);
    }
    let protection = protection(report);
    if !protection.is_empty() {
        blocks.push(String::new());
        blocks.push(protection);
    }
    if !report.problems.is_empty() {
        blocks.push(String::new());
        blocks.push(told(&report.problems));
    }
    blocks.push(String::new());
    blocks.push(match edition {
        Some(id) => format!("{}: this folder would publish edition {id}", tally(report)),
        None => format!("{}: nothing would be published", tally(report)),
    });
    blocks.join("\n").trim_start_matches('\n').to_owned()
}

/// How small numbers are protected and what that costs: indicator by indicator, those without protection by their reason.
fn protection(report: &Report) -> String {
    let mut lines = Vec::new();
    let mut without: Vec<(&str, Vec<&str>)> = Vec::new();
    for protection in &report.protection {
        let (threshold, round) = match &protection.disclosure {
            Disclosure::Rule { threshold, round } => (threshold, round),
            Disclosure::None { reason } => {
                match without.iter_mut().find(|(other, _)| other == reason) {
                    Some((_, indicators)) => indicators.push(&protection.indicator),
                    None => without.push((reason, vec![&protection.indicator])),
                }
                continue;
            }
        };
        let rounded = if *round > 1 { format!(", rounded to {round}") } else { String::new() };
        let before = match protection.hidden_before {
            0 => String::new(),
            hidden => format!(", {hidden} hidden by their publisher"),
        };
        let people = protection.share_of_people.map(|share| format!(" and {:.0}% of people", share * 100.0));
        lines.push(format!(
            "protected: {} (under {threshold} hidden{rounded}): {} of {} values hidden first, {} to protect them{before}; {:.1}% of values{} lost",
            protection.indicator,
            protection.hidden_first,
            protection.values,
            protection.hidden_to_protect,
            protection.share_of_values * 100.0,
            people.unwrap_or_default(),
        ));
        for hard in &protection.hardest {
            lines.push(format!("  {} hidden for {}", hard.hidden, hard.total));
        }
    }
    for (reason, indicators) in without {
        lines.push(format!("not protected, because \"{reason}\": {}", indicators.join(", ")));
    }
    lines.join("\n")
}

/// The report for programs.
pub(crate) fn for_programs(report: &Report, edition: Option<&EditionId>) -> Value {
    json!({
        "edition": edition,
        "errors": report.count(Severity::Error),
        "warnings": report.count(Severity::Warning),
        "tables": report.tables,
        "protection": report.protection,
        "problems": report.problems,
    })
}
