//! From an atlas folder to an edition on the disk, without room in memory for all its columns, and without doing again what
//! was done for the edition before.

use std::collections::BTreeSet;
use std::path::Path;

use super::ledger::{Before, IndicatorMade, Ledger, SetMade, ToldMade};
use super::sources::{Asked, Keys, Sources};
use super::together::Together;
use super::values::{self, OfIndicator, People, Publishing, SetPublished, Told, When};
use super::{Report, audited, by_place, reported};
use crate::canonical::{PartDigest, digest_of_column, digest_of_geography};
use crate::deprivation::KeptIndices;
use crate::edition::{Edition, EditionId, Head, Published};
use crate::folder::AtlasFolder;
use crate::generalised::Generalised;
use crate::geography::Geography;
use crate::hotspots::KeptHotspots;
use crate::parallel::{both, in_parallel};
use crate::period::{Period, newest};
use crate::problem::{Problem, Problems};
use crate::progress::{Progress, Silent, Stage};
use crate::store::{ColumnCache, ColumnEntry, Earlier, EditionWriter, Store, StoreError, put_in_place};
use crate::words::list;

/// How much memory an audit takes for columns.
const AUDITED_BYTES: u64 = 64 * 1024 * 1024;

/// How an edition is built.
#[derive(Clone, Copy)]
pub struct Building<'a> {
    /// Names the program: what another one made is made anew.
    pub program: &'a str,
    /// A store whose editions can still be read: what they show does not help to work out what the new one hides.
    pub beside: Option<&'a Store>,
    /// Who is told how far the build is.
    pub progress: &'a dyn Progress,
}

impl Default for Building<'_> {
    fn default() -> Self {
        Building { program: env!("CARGO_PKG_VERSION"), beside: None, progress: &Silent }
    }
}

/// An edition that was built.
#[derive(Debug)]
pub struct Built {
    /// Its id.
    pub edition: EditionId,
    /// What it was made from, for the next build.
    pub ledger: Ledger,
    /// How many of its columns are those of the edition before.
    pub columns_taken: usize,
    /// How many are new, or other than before.
    pub columns_made: usize,
}

/// Builds the edition of a folder and writes it to `place`, whole or not at all; an edition that stands there makes way. There is
/// an edition exactly where the report holds no error. What there is from `before` is taken over where it is made from the
/// same; the edition is the same, byte for byte, as without.
///
/// Of the columns only those are in memory that are worked on: some of the table that is read, and one set of indicators for each
/// processor, where all that are protected are one set. Of the rest the first 80 MiB are in memory, too, and all others in a file
/// without a name, for which there must be room in the folder of temporary files.
///
/// # Errors
/// Where the edition cannot be written.
pub fn build_edition(
    path: &Path,
    place: &Path,
    building: &Building<'_>,
    before: Option<Before>,
) -> (Result<Option<Built>, StoreError>, Report) {
    if before.is_some()
        && let (Ok(Some(built)), report) = attempt(path, place, building, before)
    {
        return (Ok(Some(built)), report);
    }
    // Whatever is wrong is told as if there had been nothing before.
    attempt(path, place, building, None)
}

fn attempt(
    path: &Path,
    place: &Path,
    building: &Building<'_>,
    mut before: Option<Before>,
) -> (Result<Option<Built>, StoreError>, Report) {
    let retained = match building.beside.map(Store::editions).transpose() {
        Ok(retained) => retained.unwrap_or_default(),
        Err(error) => return (Err(error), reported(path, |_, _, _| None::<()>).1),
    };
    let retained: Vec<EditionId> = retained.into_iter().map(|edition| edition.id).collect();
    let (built, report) = reported(path, |folder, problems, report| {
        let asked = Asked { program: building.program, retained: &retained, before: before.as_mut() };
        let mut sources = Sources::read(folder, Some(asked), building.progress, problems, report)?;
        let keys = sources.keys.take()?;
        let earlier = before.as_ref().map(|before| &before.earlier);
        let write = |folder: &Path| {
            Writing { building, retained: &retained, earlier, keys }.write(folder, sources, problems, report)
        };
        Some(put_in_place(place, write))
    });
    (built.unwrap_or(Ok(None)), report)
}

/// Does all that [`build_edition`] does but write: says which edition the folder would publish, or why none.
pub fn judge_atlas(path: &Path) -> (Option<EditionId>, Report) {
    reported(path, judge)
}

/// The digests of an indicator's columns.
type Digests = Vec<(Option<usize>, Period, PartDigest)>;

fn digests_of(columns: &OfIndicator) -> Digests {
    columns.iter().map(|(geography, period, column)| (*geography, *period, digest_of_column(column))).collect()
}

/// What became of an indicator.
struct Written {
    digests: Digests,
    entries: Vec<ColumnEntry>,
    /// How many of its columns are those of the edition before.
    taken: usize,
}

/// Names what is withheld now and was not when a retained edition was built.
fn warn_of_what_stays_readable(withheld: &BTreeSet<String>, retained: &[Edition], problems: &mut Problems) {
    for id in withheld {
        let shows = |edition: &&Edition| edition.content.indicators.position(id).is_some();
        let editions: Vec<String> =
            retained.iter().filter(shows).map(|edition| format!("`{}`", edition.id())).collect();
        if !editions.is_empty() {
            let message = format!("`{id}` is withheld, and can still be read in {}", list(&editions));
            let problem = Problem::warning("still-readable", message).file(AtlasFolder::MANIFEST);
            problems.push(problem.cure("withdraw these editions: delete their folders below `editions` of the store"));
        }
    }
}

struct Writing<'a> {
    building: &'a Building<'a>,
    retained: &'a [EditionId],
    earlier: Option<&'a Earlier>,
    keys: Keys,
}

impl Writing<'_> {
    fn write(
        self,
        folder: &Path,
        sources: Sources,
        problems: &mut Problems,
        report: &mut Report,
    ) -> Result<Option<Built>, StoreError> {
        let Building { progress, .. } = *self.building;
        let writer = EditionWriter::begin(folder, self.earlier)?;
        let is_protected = sources.content.indicators.iter().any(|indicator| indicator.rule().is_some());
        let (_, withheld) = sources.indicators.names();
        let retained = if is_protected || !withheld.is_empty() { self.retained_editions() } else { Vec::new() };
        warn_of_what_stays_readable(withheld, &retained, problems);
        let publishing = sources.publishing(&retained, progress);
        let sets = publishing.sets();
        let taken = |number: usize| self.taken(number, &sets[number], &publishing, &writer);
        let make = |indicator: usize, columns: OfIndicator| self.make(indicator, &columns, &sources, &writer);
        let published = values::publish(&publishing, &sets, taken, make);
        let ledger_sets = self.sets_made(&published, &publishing);
        let is_audited = published.iter().zip(&sets).enumerate().any(|(number, (_, set))| {
            let has_rule = |indicator: &usize| sources.content.indicators[*indicator].rule().is_some();
            !self.keys.taken.contains_key(&number) && set.own.iter().any(has_rule)
        });
        let (made, protection) = publishing.finish(published, problems);
        report.protection = protection;
        let made: Vec<Written> = made.into_iter().collect::<Result<_, _>>()?;
        let columns = made.iter().map(|written| written.digests.len()).sum::<usize>();
        let columns_taken = made.iter().map(|written| written.taken).sum();
        let (digests, entries) = made.into_iter().map(|written| (written.digests, written.entries)).unzip();
        let Some(head) = head(&sources, &self.keys.geographies.digests, digests, problems) else { return Ok(None) };
        let Sources { manifest, mut content, .. } = sources;
        if self.keys.takes_geographies {
            writer.take_geographies(&content.geographies)?;
        } else {
            content.geographies.iter_mut().for_each(Geography::place_areas);
            writer.put_geographies(&content.geographies)?;
            writer.put_tiles(&content.geographies, progress)?;
        }
        writer.finish(&head, &content, entries)?;
        if is_audited {
            progress.at(Stage::Audit, 0, 1);
            // As everybody will read it.
            let written = Store::open(folder, ColumnCache::new(AUDITED_BYTES))?.edition(&head.id)?;
            if audited(written, &retained, &manifest, problems).is_none() {
                return Ok(None);
            }
            progress.at(Stage::Audit, 1, 1);
        }
        let Keys { geographies, tables, .. } = self.keys;
        let ledger = Ledger { edition: head.id.clone(), geographies, tables, sets: ledger_sets };
        Ok(Some(Built { edition: head.id, ledger, columns_taken, columns_made: columns - columns_taken }))
    }

    /// The editions that can still be read. One that is damaged shows nothing.
    fn retained_editions(&self) -> Vec<Edition> {
        let open = |store: &Store| self.retained.iter().filter_map(|id| store.edition(id).ok()).collect();
        self.building.beside.map(open).unwrap_or_default()
    }

    /// Writes the columns of an indicator; what did not change stands in the edition before.
    fn make(
        &self,
        indicator: usize,
        columns: &OfIndicator,
        sources: &Sources,
        writer: &EditionWriter<'_>,
    ) -> Result<Written, StoreError> {
        let digests = digests_of(columns);
        let before = self.digests_before(indicator, sources);
        let is_before = |digest: &&(Option<usize>, Period, PartDigest)| before.contains(digest);
        let taken = digests.iter().filter(is_before).count();
        let columns: Vec<_> = columns.iter().map(|(geography, period, column)| (*geography, *period, column)).collect();
        let entries =
            writer.put_indicator(&sources.content, indicator, &columns, !before.is_empty() && before == digests)?;
        Ok(Written { digests, entries, taken })
    }

    /// The digests of an indicator's columns in the edition before, where its geographies are the same.
    fn digests_before(&self, indicator: usize, sources: &Sources) -> Digests {
        let Some(earlier) = self.earlier.filter(|_| self.keys.takes_geographies) else { return Digests::new() };
        let id = &sources.content.indicators[indicator].id;
        let Some(digests) = self.keys.digests_before.get(id) else { return Digests::new() };
        let entries = earlier.position(id).map(|position| earlier.entries(position)).unwrap_or_default();
        places(entries, &sources.content.geographies)
            .zip(digests)
            .map(|((at, period), digest)| (at, period, *digest))
            .collect()
    }

    /// A set that was published before, with its files.
    fn taken(
        &self,
        number: usize,
        set: &Together,
        publishing: &Publishing<'_>,
        writer: &EditionWriter<'_>,
    ) -> Option<SetPublished<Result<Written, StoreError>>> {
        let (made, earlier) = (self.keys.taken.get(&number)?, self.earlier?);
        let position = |id: &str| publishing.indicators.position(id);
        let written = |own: &IndicatorMade| {
            let entries = writer.take_indicator(&own.id)?;
            let places = places(&entries, publishing.geographies);
            let digests: Digests =
                places.zip(&own.digests).map(|((at, period), digest)| (at, period, *digest)).collect();
            Ok(Written { taken: digests.len(), digests, entries })
        };
        let told = made.told.iter().filter_map(|told| {
            let of = if told.is_of_breakdown {
                let mut breakdowns = publishing.manifest.breakdowns.iter();
                When::Breakdown(breakdowns.position(|breakdown| breakdown.value.total == told.indicator)?)
            } else {
                When::Computing(position(&told.indicator)?)
            };
            Some(Told { of, problem: told.problem.clone(), is_of_column: told.is_of_column })
        });
        let mut problems = Problems::default();
        problems.extend(&made.problems);
        let indicators = made.indicators.iter();
        Some(SetPublished {
            made: indicators.clone().filter_map(|own| Some((position(&own.id)?, written(own)))).collect(),
            protections: indicators.filter_map(|own| Some((position(&own.id)?, own.protection.clone()?))).collect(),
            told: told.collect(),
            problems,
            people: people_before(set, publishing, earlier),
        })
    }

    /// The sets as they stand in the ledger.
    fn sets_made(
        &self,
        published: &[SetPublished<Result<Written, StoreError>>],
        publishing: &Publishing<'_>,
    ) -> Vec<SetMade> {
        let id = |indicator: usize| publishing.indicators.public[indicator].id.clone();
        let of_set = |(number, published): (usize, &SetPublished<Result<Written, StoreError>>)| {
            let key = self.keys.sets.get(number).cloned().flatten()?;
            let indicators = published.made.iter().map(|(indicator, written)| {
                let written = written.as_ref().ok()?;
                let protection = published.protections.iter().find(|(other, _)| other == indicator);
                Some(IndicatorMade {
                    id: id(*indicator),
                    digests: written.digests.iter().map(|(_, _, digest)| *digest).collect(),
                    protection: protection.map(|(_, protection)| protection.clone()),
                })
            });
            let told = published.told.iter().map(|Told { of, problem, is_of_column }| ToldMade {
                indicator: match of {
                    When::Computing(indicator) => id(*indicator),
                    When::Breakdown(number) => publishing.manifest.breakdowns[*number].value.total.clone(),
                },
                is_of_breakdown: matches!(of, When::Breakdown(_)),
                is_of_column: *is_of_column,
                problem: problem.clone(),
            });
            Some(SetMade {
                key,
                indicators: indicators.collect::<Option<_>>()?,
                told: told.collect(),
                problems: published.problems.iter().cloned().collect::<Vec<Problem>>(),
            })
        };
        published.iter().enumerate().filter_map(of_set).collect()
    }
}

/// Where columns stand.
fn places<'a>(
    entries: &'a [ColumnEntry],
    geographies: &'a [Geography],
) -> impl Iterator<Item = (Option<usize>, Period)> + 'a {
    entries.iter().map(|entry| {
        let geography = entry.geography.as_ref();
        (geography.and_then(|id| geographies.iter().position(|own| own.id == *id)), entry.period())
    })
}

/// The people as the edition before publishes them, where they are of this set.
fn people_before(set: &Together, publishing: &Publishing<'_>, earlier: &Earlier) -> People {
    let Some(people) = publishing.people().filter(|people| set.own.contains(people)) else { return People::new() };
    let Some(indicator) = earlier.position(&publishing.indicators.public[people].id) else { return People::new() };
    let of = |geography: usize| {
        let newest = newest(earlier.edition.published.periods(geography, indicator))?;
        let column = earlier.edition.published.column(Some(geography), indicator, newest).ok()??;
        Some((geography, column.values.clone()))
    };
    (0..publishing.geographies.len()).filter_map(of).collect()
}

fn judge(folder: &AtlasFolder, problems: &mut Problems, report: &mut Report) -> Option<EditionId> {
    let sources = Sources::read(folder, None, &Silent, problems, report)?;
    let is_audited = sources.content.indicators.iter().any(|indicator| indicator.rule().is_some());
    let make = |_: usize, columns: OfIndicator| {
        let digests = digests_of(&columns);
        (digests, if is_audited { columns } else { Vec::new() })
    };
    let publishing = sources.publishing(&[], &Silent);
    let geographies = &sources.content.geographies;
    let (of_geographies, sets): (Vec<PartDigest>, _) = both(
        || in_parallel(geographies.len(), |position| digest_of_geography(&geographies[position])),
        || values::publish(&publishing, &publishing.sets(), |_| None, make),
    );
    let (made, protection) = publishing.finish(sets, problems);
    report.protection = protection;
    let (digests, columns) = made.into_iter().unzip();
    let head = head(&sources, &of_geographies, digests, problems)?;
    let Sources { manifest, content, .. } = sources;
    let edition = Edition {
        head,
        content,
        published: Published::Built(by_place(columns)),
        generalised: Generalised::default(),
        hotspots: KeptHotspots::default(),
        indices: KeptIndices::default(),
    };
    audited(edition, &[], &manifest, problems).map(|edition| edition.id().clone())
}

/// What the edition says of itself; nothing where an error was found.
fn head(sources: &Sources, geographies: &[PartDigest], columns: Vec<Digests>, problems: &mut Problems) -> Option<Head> {
    let columns = by_place(columns);
    sources.remark(&columns, problems);
    let head = Head::of(&sources.manifest, &sources.content, geographies, &columns, problems);
    (!problems.has_errors()).then_some(head)
}
