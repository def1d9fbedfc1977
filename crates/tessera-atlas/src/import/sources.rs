//! The files of an atlas folder, read and checked; but for the columns, of which only what tables say is there.

use std::collections::{BTreeMap, BTreeSet};

use super::claims::{Claim, remark_on_claims};
use super::indicators::{self, Indicators};
use super::inferred::{Fed, infer_metadata, infer_place, read_orders};
use super::ledger::{Before, GeographiesMade, Key, KeyMaker, SetMade, TableMade, file_key};
use super::opening::{self, check_view};
use super::raw::RawColumns;
use super::scratch::{self, Scratch};
use super::tables::{Joining, TableRead, read_table};
use super::together::Together;
use super::values::Publishing;
use super::{Report, geographies, later, notes, points, postcodes, suspicious, targets};
use crate::by_place::ByPlace;
use crate::canonical::{PartDigest, digest_of_geography};
use crate::catalogue::Indicator;
use crate::edition::{Content, Edition, EditionId};
use crate::folder::AtlasFolder;
use crate::geography::Geography;
use crate::manifest::{BreakdownSection, Layout, Manifest, TableSection, read_manifest};
use crate::note::Note;
use crate::parallel::in_parallel;
use crate::problem::{Problem, Problems};
use crate::progress::{Progress, Stage};

/// Everything that an edition is made from.
pub(super) struct Sources {
    pub(super) manifest: Manifest,
    pub(super) indicators: Indicators,
    pub(super) content: Content,
    pub(super) raw: RawColumns,
    /// What files of notes and targets say of values.
    claims: Vec<Claim>,
    /// The keys of what was read, where they are asked for.
    pub(super) keys: Option<Keys>,
}

/// What is asked of keys: by which program, beside which editions, and what there is from before.
pub(super) struct Asked<'a> {
    pub(super) program: &'a str,
    /// The editions that can still be read.
    pub(super) retained: &'a [EditionId],
    pub(super) before: Option<&'a mut Before>,
}

/// What the ledger says of sources.
pub(super) struct Keys {
    pub(super) geographies: GeographiesMade,
    /// Whether the geographies are those of the edition before.
    pub(super) takes_geographies: bool,
    pub(super) tables: Vec<TableMade>,
    /// The sets of indicators that were published before, as they were then.
    pub(super) taken: BTreeMap<usize, SetMade>,
    /// The digests of the columns of each indicator in the edition before, in the order of its catalogue.
    pub(super) digests_before: BTreeMap<String, Vec<PartDigest>>,
    /// The keys of all sets; none where a table of theirs cannot be known again.
    pub(super) sets: Vec<Option<Key>>,
}

impl Sources {
    /// Reads everything; of what there is from before only what is needed for what changed.
    pub(super) fn read(
        folder: &AtlasFolder,
        mut asked: Option<Asked<'_>>,
        progress: &dyn Progress,
        problems: &mut Problems,
        report: &mut Report,
    ) -> Option<Sources> {
        let mut manifest = read_folder_manifest(folder, problems)?;
        let scratch = Scratch::new().map_err(|problem| problems.push(problem)).ok()?;
        let indicators = indicators::read_indicators(folder, &manifest, problems);
        let (geographies, place, mut keys) = read_geographies(folder, &manifest, asked.as_mut(), progress, problems);
        let joining = Joining { manifest: &manifest, geographies: &geographies, indicators: &indicators };
        let mut reading = Reading { folder, joining, raw: RawColumns::new(scratch), progress };
        let mut reads = reading.changed(asked.as_ref(), keys.as_ref());
        let mut claims = Vec::new();
        let mut notes = notes::read_notes(folder, joining, &mut claims, problems);
        for read in &mut reads {
            read.tell(problems);
            report.tables.extend(read.read.report.clone());
            notes.append(&mut read.read.notes.clone());
        }
        notes.sort();
        notes.dedup();
        let targets = targets::read_targets(folder, joining, &mut claims, problems);
        let postcodes = postcodes::read_postcodes(folder, &manifest, &geographies, problems);
        let points = points::read_points(folder, &manifest, &geographies, &postcodes, problems);
        later::check_files(folder, &manifest, problems);
        let known =
            opening::Known { manifest: &manifest, geographies: &geographies, indicators: &indicators, points: &points };
        check_view(&known, problems);
        folder.refuse_what_changed(problems);
        if problems.has_errors() {
            return None;
        }
        let fed: BTreeSet<usize> = reads.iter().flat_map(|read| &read.indicators).copied().collect();
        indicators.remark_on_unfed(&fed, problems);
        let tables: Vec<Fed<'_>> = reads.iter().filter_map(|read| read.fed(joining)).collect();
        let public = infer_metadata(&indicators, &geographies, &tables, problems);
        if let (Some(asked), Some(keys)) = (&asked, &mut keys) {
            let sets = super::values::sets_of(&manifest, &indicators);
            keys.sets = reading.keys_of(&sets, asked, keys, &reads, &notes);
            keys.take(&sets, asked);
            reading.unchanged_for(&sets, keys, &reads, problems);
            keys.tables = reads.into_iter().filter_map(|read| read.made(joining)).collect();
        }
        let raw = reading.raw;
        folder.refuse_what_changed(problems);
        if problems.has_errors() {
            return None;
        }
        manifest.atlas.value.place = manifest.atlas.value.place.or_else(|| Some(place?.as_str().into()));
        let content = Content { geographies, indicators: public.into(), notes, targets, postcodes, points };
        Some(Sources { manifest, indicators, content, raw, claims, keys })
    }

    pub(super) fn publishing<'a>(&'a self, retained: &'a [Edition], progress: &'a dyn Progress) -> Publishing<'a> {
        let Sources { manifest, indicators, content, raw, .. } = self;
        Publishing { manifest, indicators, geographies: &content.geographies, raw, retained, progress }
    }

    /// Names the indicators that should have been updated by now, and what speaks of values that there are not.
    pub(super) fn remark<T>(&self, columns: &ByPlace<T>, problems: &mut Problems) {
        remark_on_claims(&self.claims, &self.content.geographies, &self.indicators, columns, problems);
        let today = time::OffsetDateTime::now_utc().date().to_string();
        for problem in self.content.indicators.iter().filter_map(|indicator| suspicious::overdue(indicator, &today)) {
            problems.push(problem.file(AtlasFolder::MANIFEST));
        }
    }
}

/// The geographies, and the place that they make up where they say so and the manifest does not: those of the edition before
/// where they are made from the same.
fn read_geographies(
    folder: &AtlasFolder,
    manifest: &Manifest,
    asked: Option<&mut Asked<'_>>,
    progress: &dyn Progress,
    problems: &mut Problems,
) -> (Vec<Geography>, Option<String>, Option<Keys>) {
    let Some(Asked { program, before, .. }) = asked else {
        let geographies = geographies::read_geographies(folder, manifest, progress, problems);
        let place = infer_place(folder, manifest, &geographies, problems);
        return (geographies, place, None);
    };
    let keys = |geographies: GeographiesMade, takes_geographies: bool| {
        let (tables, taken, sets, digests_before) = (Vec::new(), BTreeMap::new(), Vec::new(), BTreeMap::new());
        Some(Keys { geographies, takes_geographies, tables, taken, digests_before, sets })
    };
    let sections = KeyMaker::new(program).and(&manifest.geographies).and(&manifest.lookups).and(&manifest.clusters);
    let sections = sections.and(&manifest.atlas.value.place.is_some()).key();
    if let Some(Before { earlier, ledger }) = before.as_deref_mut()
        && ledger.geographies.sections == sections
        && ledger.geographies.is_current(folder)
    {
        problems.extend(&ledger.geographies.problems);
        let made = ledger.geographies.clone();
        return (earlier.take_geographies(), made.place.clone(), keys(made, true));
    }
    let (fresh, mut own) = (folder.afresh(), Problems::default());
    let geographies = geographies::read_geographies(&fresh, manifest, progress, &mut own);
    let place = infer_place(&fresh, manifest, &geographies, &mut own);
    folder.remember(&fresh);
    let own: Vec<Problem> = own.iter().cloned().collect();
    problems.extend(&own);
    let files = fresh.looked_at().into_iter().map(|file| (file.path.clone(), file_key(folder, &file.path))).collect();
    let digests: Vec<PartDigest> =
        in_parallel(geographies.len(), |position| digest_of_geography(&geographies[position]));
    let made = GeographiesMade { sections, files, digests, place: place.clone(), problems: own };
    (geographies, place, keys(made, false))
}

/// A table that was read, now or for the edition before.
struct Known {
    number: usize,
    key: Option<Key>,
    /// Over what is known of the indicators that it may name.
    named: Key,
    /// The indicators of which it says anything.
    indicators: BTreeSet<usize>,
    read: TableRead,
    is_taken: bool,
}

impl Known {
    /// Adds what was found. How a file that feeds several tables is written is told once.
    fn tell(&self, problems: &mut Problems) {
        for problem in self.read.problems.iter() {
            let is_told = problem.kind == Problem::DIALECT && problems.iter().any(|other| other == problem);
            if !is_told {
                problems.push(problem.clone());
            }
        }
    }

    /// What of it bears on what the manifest does not say.
    fn fed<'a>(&'a self, joining: Joining<'a>) -> Option<Fed<'a>> {
        let id = &joining.manifest.tables.get(self.number)?.value.geography;
        let geography = joining.geographies.iter().find(|geography| geography.id == *id)?;
        Some(Fed { geography, indicators: &self.indicators, orders: &self.read.orders })
    }

    /// The table as it stands in the ledger.
    fn made(self, joining: Joining<'_>) -> Option<TableMade> {
        let problems: Vec<Problem> = self.read.problems.iter().cloned().collect();
        if problems.iter().any(|problem| problem.file.as_deref() == Some(AtlasFolder::MANIFEST)) {
            return None;
        }
        let known = |position: &usize| {
            let indicator = &joining.indicators.public[*position];
            (indicator.id.clone(), key_of_indicator(indicator))
        };
        Some(TableMade {
            key: self.key?,
            named: self.named,
            indicators: self.indicators.iter().map(known).collect(),
            report: self.read.report?,
            problems,
            notes: self.read.notes,
            orders: self.read.orders,
        })
    }
}

fn key_of_indicator(indicator: &Indicator) -> Key {
    KeyMaker::new("").and(indicator).key()
}

/// Tables on their way into raw columns.
struct Reading<'a> {
    folder: &'a AtlasFolder,
    joining: Joining<'a>,
    raw: RawColumns,
    progress: &'a dyn Progress,
}

impl<'a> Reading<'a> {
    /// Reads every table that is not known from before, one after the other, each on all processors.
    fn changed(&mut self, asked: Option<&Asked<'_>>, keys: Option<&Keys>) -> Vec<Known> {
        let sections = &self.joining.manifest.tables;
        let file_keys = asked.map(|_| self.file_keys()).unwrap_or_default();
        let mut reads = Vec::new();
        for (number, section) in sections.iter().enumerate() {
            self.progress.at(Stage::Tables, number, sections.len());
            let file = file_keys.get(section.value.file.as_str()).cloned().flatten();
            let key =
                asked.zip(keys).and_then(|(asked, keys)| Some(self.key_of_table(asked, keys, &section.value, file?)));
            let before = asked
                .and_then(|asked| asked.before.as_deref())
                .filter(|_| keys.is_some_and(|keys| keys.takes_geographies));
            let named = self.key_of_named(&section.value);
            let is_it = |made: &&TableMade| Some(&made.key) == key.as_ref() && made.named == named;
            let made = before.and_then(|before| before.ledger.tables.iter().find(is_it));
            let taken = made.and_then(|made| Some((made, self.indicators_of(made)?)));
            reads.push(match taken {
                Some((made, indicators)) => {
                    let mut problems = Problems::default();
                    problems.extend(&made.problems);
                    let (report, notes) = (Some(made.report.clone()), made.notes.clone());
                    let read = TableRead { report, problems, notes, orders: made.orders.clone() };
                    Known { number, key, named, indicators, read, is_taken: true }
                }
                None => {
                    let mut read = read_table(self.folder, self.joining, number, None, &mut self.raw);
                    let indicators = self.raw.indicators_of(number);
                    match read_orders(&self.raw, number, &indicators, self.joining.indicators) {
                        Ok(orders) => read.orders = orders,
                        Err(error) => read.problems.push(scratch::failed(&error)),
                    }
                    Known { number, key, named, indicators, read, is_taken: false }
                }
            });
        }
        self.progress.at(Stage::Tables, sections.len(), sections.len());
        reads
    }

    fn file_keys(&self) -> BTreeMap<&'a str, Option<Key>> {
        let manifest: &'a Manifest = self.joining.manifest;
        let files: BTreeSet<&str> = manifest.tables.iter().map(|section| section.value.file.as_str()).collect();
        let files: Vec<&str> = files.into_iter().collect();
        let keys = in_parallel(files.len(), |number| file_key(self.folder, files[number]));
        files.into_iter().zip(keys).collect()
    }

    /// Over what the numbers of a table are made from, but for what is said of its indicators.
    fn key_of_table(&self, asked: &Asked<'_>, keys: &Keys, section: &TableSection, file: Key) -> Key {
        KeyMaker::new(asked.program)
            .and(&keys.geographies.key())
            .and(section)
            .and(&self.joining.manifest.atlas.value.year_starts)
            .and(&file)
            .key()
    }

    /// Over which of the indicators that a table may name are published, withheld and unknown: of those that are not published it
    /// says nothing, be they named in its columns of values or of notes.
    fn key_of_named(&self, section: &TableSection) -> Key {
        let indicators = self.joining.indicators;
        let state = |id: &str| (indicators.position(id).is_some(), indicators.is_known(id));
        let named: Vec<&String> = match section.layout {
            Layout::Wide => section.columns.values().map(|target| &target.indicator).collect(),
            Layout::Long => section.indicator.iter().chain(section.indicators.values()).collect(),
        };
        match section.layout {
            // Rows may name any of them.
            Layout::Long if named.is_empty() => KeyMaker::new("").and(&indicators.names()).key(),
            _ => KeyMaker::new("").and(&named.iter().map(|id| (id, state(id))).collect::<Vec<_>>()).key(),
        }
    }

    /// The indicators of which a table says anything, if all are described as they were.
    fn indicators_of(&self, made: &TableMade) -> Option<BTreeSet<usize>> {
        let indicators = self.joining.indicators;
        let position = |(id, key): (&String, &Key)| {
            let position = indicators.position(id)?;
            (key_of_indicator(&indicators.public[position]) == *key).then_some(position)
        };
        made.indicators.iter().map(position).collect()
    }

    /// The key of each set. The first one holds the people, by whom all others are measured.
    fn keys_of(
        &self,
        sets: &[Together],
        asked: &Asked<'_>,
        keys: &Keys,
        reads: &[Known],
        notes: &[Note],
    ) -> Vec<Option<Key>> {
        let own: Vec<Option<Key>> = sets.iter().map(|set| self.key_of(set, asked, keys, reads, notes)).collect();
        if self.joining.manifest.atlas.value.people.is_empty() {
            return own;
        }
        let of = |key: &Option<Key>| Some(KeyMaker::new("").and(key.as_ref()?).and(own.first()?.as_ref()?).key());
        own.iter().map(of).collect()
    }

    /// Over everything that the columns of a set are made from.
    fn key_of(&self, set: &Together, asked: &Asked<'_>, keys: &Keys, reads: &[Known], notes: &[Note]) -> Option<Key> {
        let Joining { manifest, indicators, .. } = self.joining;
        let people = &manifest.atlas.value.people;
        let mut key = KeyMaker::new(asked.program).and(&keys.geographies.key()).and(people).and(&notes);
        // Which are published here and which are only referred to.
        key = key.and(&(set.own.len(), set.referred.len()));
        let counted = people.first().and_then(|id| indicators.position(id));
        for indicator in set.own.iter().chain(&set.referred).copied().chain(counted) {
            key = key.and(&indicators.public[indicator]);
            for read in reads.iter().filter(|read| read.indicators.contains(&indicator)) {
                key = key.and(read.key.as_ref()?);
            }
        }
        let is_own = |id: &String| indicators.position(id).is_some_and(|position| set.own.contains(&position));
        let speaks_of_own = |of: &BreakdownSection| is_own(&of.total) || of.parts.iter().any(is_own);
        for breakdown in manifest.breakdowns.iter().filter(|breakdown| speaks_of_own(&breakdown.value)) {
            key = key.and(&breakdown.value);
        }
        // What retained editions show bears on what may be shown.
        let is_protected = set.own.iter().any(|indicator| indicators.public[*indicator].rule().is_some());
        Some(if is_protected { key.and(&asked.retained).key() } else { key.key() })
    }

    /// Reads of the tables that are known from before what the other sets need.
    fn unchanged_for(&mut self, sets: &[Together], keys: &Keys, reads: &[Known], problems: &mut Problems) {
        let Joining { manifest, indicators, .. } = self.joining;
        let people = manifest.atlas.value.people.first().and_then(|id| indicators.position(id));
        let changed = sets.iter().enumerate().filter(|(number, _)| !keys.taken.contains_key(number));
        let mut needed: BTreeSet<usize> =
            changed.flat_map(|(_, set)| set.own.iter().chain(&set.referred)).copied().collect();
        if !needed.is_empty() {
            needed.extend(people);
        }
        for read in reads.iter().filter(|read| read.is_taken && !read.indicators.is_disjoint(&needed)) {
            let again = read_table(self.folder, self.joining, read.number, Some(&needed), &mut self.raw);
            // What else it says was told already.
            let errors = again.problems.iter().filter(|problem| problem.severity == crate::problem::Severity::Error);
            errors.for_each(|problem| problems.push(problem.clone()));
        }
    }
}

impl Keys {
    /// Finds the sets that were published before.
    fn take(&mut self, sets: &[Together], asked: &Asked<'_>) {
        let Some(before) = asked.before.as_deref() else { return };
        let all = before.ledger.sets.iter().flat_map(|made| &made.indicators);
        self.digests_before = all.map(|own| (own.id.clone(), own.digests.clone())).collect();
        let known: BTreeMap<&Key, &SetMade> = before.ledger.sets.iter().map(|made| (&made.key, made)).collect();
        for (number, (_, key)) in sets.iter().zip(&self.sets).enumerate() {
            if let Some(made) = key.as_ref().and_then(|key| known.get(key)) {
                self.taken.insert(number, (*made).clone());
            }
        }
    }
}

/// The manifest of a folder.
pub(super) fn read_folder_manifest(folder: &AtlasFolder, problems: &mut Problems) -> Option<Manifest> {
    match folder.read_text(AtlasFolder::MANIFEST) {
        Ok(text) => read_manifest(&text, problems),
        Err(problem) if problem.kind == "missing-file" => {
            problems.push(
                Problem::error("no-manifest", "there is no `atlas.toml` in this folder")
                    .file(AtlasFolder::MANIFEST)
                    .cure("name the folder that holds `atlas.toml`, or write one: see docs/atlas-format.md"),
            );
            None
        }
        Err(problem) => {
            problems.push(problem);
            None
        }
    }
}
