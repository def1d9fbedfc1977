### All words for readers, those of the page and those of the pages that need no script, in British English.
###
### Names and figures come as arguments. `$n` chooses between one and several; the page also writes it as a figure, the
### server gives the figure as `$count`. Sentences that hold computed numbers (the finding, comparisons, places) come from
### the atlas itself.

## What is shown, wherever it is shown

area = Area
areas = Areas
indicator = Indicator
indicators = Indicators
theme = Theme
themes = Themes
period = Period
places = Places
value = Value
rank = Rank
class = Class
classes = Classes
target = Target
unit = Unit
definition = Definition
caveat = Please note
source = Source
sources = Sources
licence = Licence
updated = Updated
title = { $subject } · { $atlas }
choose-sort = Order
sort-name = By name
class-first = { $from } to { $to }
class-above = over { $from }, to { $to }
class-decile = decile { $n }

## Why there is no value, or what must be known of one

status-suppressed = Hidden to protect privacy
status-not-available = No data
status-not-applicable = Does not apply here
status-low = Low number
status-low-reliability = Low reliability
status-provisional = Provisional
status-revised = Revised
status-break = Not comparable with earlier periods
status-modelled = Modelled
coverage-too-little = No figure, because those of its smaller areas cover only { $share }% of the people.
coverage-none = No figure, because no smaller area with one belongs to it.

## Without script: around every page

skip = Skip to the content

## Without script: the page before its script

without-script = The map needs JavaScript. Everything else can be read without it.
all-in-table = All { $areas } in a table
choose-other = Other indicators, areas and periods
first-rows = The first { $shown } of { $count } { $areas }, { $end } first: { $indicator }, { $period }
first-rows-unranked = The first { $shown } of { $count } { $areas }: { $indicator }, { $period }

## Without script: an area

show-on-map = Show on the map
about = About this area
code = Code
official-name = Official name
people = { $name }, { $period }
people-counted = people
notes = Notes
indicators-of = { $theme }: { $area }
nothing-published = Nothing is published for { $areas }.
target-reached = { $value }: { $verdict }
coverage = Covers { $share }% of the people.
interval = { $lower } to { $upper } (95%, { $method })
print-hint = Prints on A4.
locator = { $area } within { $around }
without-theme = Further figures
verdict-to = Beside { $name }
interval-by = 95% interval, { $method }.
reading = Reading the figures
beyond-chance-note = Better, worse, higher and lower are said of differences that are more than chance would explain.
explanation = Definition and source
all-areas = All { $areas }

## Without script: the table

table-title = Table of { $indicator }, { $period }
choose = Choose a table
other-indicators = Other indicators
show = Show
postcode = Your postcode
find = Find my area
postcode-outside = { $postcode } is outside this atlas, or newer than its list of postcodes.
postcode-unread = “{ $text }” is not a postcode such as WR4 9PE.
keep = Keep
only-in = only { $area }
only-filtered = only { $filter }
whole = All of { $place }
p-value = p
beyond-chance-question = More than chance would explain?
yes = Yes
no = No
download = Download as CSV
table-caption = { $indicator }, { $period }: { $n ->
    [one] { $count } { $area }
   *[other] { $count } { $areas }
}
nothing-to-show = This atlas has no values to show.

## The view in a frame

classes-caption = Classes of { $indicator }, { $period }
full-view = Open in { $atlas }

## Without script: what is not there

to-atlas = To the atlas
no-area = No such area
no-area-with-code = No area of “{ $geography }” has the code { $code }.
no-geography = This atlas has no areas of the kind “{ $geography }”.
perhaps = Perhaps you look for one of these:

## The page: around everything

skip-map = Skip past the map
loading = Loading
loading-what = Loading { $what }…
raise-panels = Panels: larger or smaller
close = Close
try-again = Try again
not-loaded = Not loaded
part-not-loaded = This part of the page could not be loaded. What is shown stays; the server could not be reached for more.
use-light = Use light colours
use-dark = Use dark colours
dismiss = Dismiss this notice
more-notices = { $n } more
about-data = About the data
edition = Edition { $id }.
edition-of = Edition of { $built }
area-count = { $n ->
    [one] { $n } area
   *[other] { $n } areas
}

## The page: choosing

about-indicator = Notes about this indicator
previous-indicator = Previous indicator
next-indicator = Next indicator
find-indicator = Find an indicator by name, theme or definition
find-indicator-by = Name, theme or definition
no-indicator = No indicator speaks of “{ $text }”.
indicator-count = { $n ->
    [one] { $n } indicator
   *[other] { $n } indicators
}
indicators-before = Show more of the { $n } before
indicators-after = Show more of the { $n } that follow
show-all = Show all
other-theme = Other
choices = Areas, place and period
areas-shown = Areas shown
in = in
only-those-in = Only those in
earlier-period = Earlier period
later-period = Later period
play-periods = Run through the periods
pause-periods = Pause
play-end = Put the run through the periods away
step-periods = Next period, classes held still
categories = Categories
published = Published
next-due = Next due
owner = Owner
direction = Direction
polarity-high-is-bad = A high figure is the worse one.
polarity-high-is-good = A high figure is the better one.
polarity-neutral = Neither high nor low is better.

## The page: the one field

find-place = Find a place or an indicator
search-hint = A place or an indicator
search-hint-postcode = Your postcode or place, or an indicator…
found = Found
found-count = { $n } found.
nothing-found = Nothing found for “{ $text }”.
no-postcodes = Nothing found for “{ $text }”: this atlas holds no postcodes. Try the name of a district or an area.
postcode-begun = “{ $text }” looks like the beginning of a postcode: go on to its end.
more-areas-match = More areas match: write more of the name.
areas-not-searched = Areas could not be searched.
only-show-one = Only show one { $area }
postcode-found = Postcode

## The page: keys

keys = Keys
key-step = Previous and next indicator
key-keys = These keys
key-neighbour = On the map: to the neighbouring area
key-turn = On the map, where areas overlap: the others at this place
key-select = On the map: select the area, or let it go
key-zoom = On the map: closer, further away
single-keys = Use the keys /, [, ] and ?

## The page: the map

map = Map
map-of = Map of { $what }. Arrow keys go from area to area, Enter selects.
no-boundaries = { $areas } have no boundaries here: their figures are in the list.
closer = Closer
two-fingers = Use two fingers to move the map
further = Further away
show-whole = Show the whole
inset = { $area } has { $n } of the { $of } areas of the class { $words }. Go there on the map.
inset-count = { $n } of the { $of }
class-of = class { $n } of { $count }, { $words }
rank-of = of { $n } in { $scope }
place-from-end = { $rank ->
    [1] { $end }
   *[other] { $ordinal } { $end }
}
place-from-end-joint = joint { $rank ->
    [1] { $end }
   *[other] { $ordinal } { $end }
}
selected = selected
no-longer-selected = no longer selected
here = { $n } of { $count } here
one-before = The one before at this place
one-next = The next one at this place

## The page: what the map shows

show-as = Show as
mode-change = Change
mode-double = Double map
mode-significance = Better or worse than…
hotspots = Hotspots
show-filter = Filter…
mode-not-for-kind = not for such values
mode-one-period = nothing earlier
mode-no-neighbours = no neighbours
mode-not-beside = nothing to hold beside
mode-needs-server = needs a server
no-period-before = There is no earlier period to show the change from, so the map of values is shown.
since = since
compare-with = Compare with
kind = Kind
beside = beside
period-of-second = Period of the second map
second-value = { $indicator }, { $period }: { $value }
no-second-map = Nothing else is published for { $areas }, so there is one map.
second-not-beside = The second map cannot show “{ $id }” for { $areas }; it shows { $other }.
from-to = { $from } to { $to }
their-parent = their { $area }
their-target = their target
their-value-in = their own value in { $period }
change-of = { $indicator }: change
in-classes-still = { $classes }, over all { $n } periods
in-classes-symmetrical = { $areas }, by thirds of the size of the change
interval-of-change = from the intervals of both values
change-between = { $earlier } in { $from }, { $later } in { $period }
change-of-whole = { $name } as a whole: { $value }
beyond-chance = More than chance would explain.
within-chance = Within what chance would explain.
chance-unknown = Whether a change is more than chance is not known here.
held-against = { $name }: { $value }
held-at-95 = Held against { $name }, with 95% intervals.
not-compared-because = { $areas }: { $reason }
change-hotspots = Change how hotspots are found
hotspot-statistic = Found by
hotspot-gi-star = Getis-Ord Gi*
hotspot-local-moran = Local Moran’s I
hotspot-permutations = Permutations
hotspot-decide = Take the stricter test: { $permutations } permutations
hotspot-fdr = Findings that may be chance
hotspot-smooth = Rates of few people
hotspot-seed = Seed of the permutations
hotspot-defaults = As it was
smooth-none = as published
smooth-global = smoothed towards all
smooth-spatial = smoothed towards neighbours
gi-star-of = With its neighbours: Gi* { $statistic } (p { $p })
local-moran-of = Beside its neighbours: local Moran’s I { $statistic } (p { $p })
hotspots-by-permutation = Held against { $permutations } shuffles of the values (permutations); of what is found, { $percent }% may be chance.
hotspots-edge = { $areas } at the edge: neighbours outside are not counted.
group-peak = peak of the group
group-others = { $n ->
    [one] and { $n } other
   *[other] and { $n } others
}
pockets = Pockets
no-groups = No group and no pocket stands out beyond chance.
extreme-areas = { $end }: { $n ->
    [one] { $n } area
   *[other] { $n } areas
}, whatever their neighbours
neighbours-note = A group speaks of areas together with their neighbours: one area in it may itself be at neither end.
kind-high-group = Group of high values
kind-high-group-means = area and neighbours together are higher than chance would explain
kind-low-group = Group of low values
kind-low-group-means = area and neighbours together are lower than chance would explain
kind-high-pocket = Pocket of high values
kind-high-pocket-means = stands out as high, alone or among lower neighbours
kind-low-pocket = Pocket of low values
kind-low-pocket-means = stands out as low, alone or among higher neighbours
kind-highest = Among the highest
kind-highest-means = a high value by itself, in no group and no pocket of high values
kind-lowest = Among the lowest
kind-lowest-means = a low value by itself, in no group and no pocket of low values
kind-none = Does not stand out
kind-none-means = no more than chance would explain
kind-untested = Not tested
kind-untested-means = no neighbour has a value
kind-better = Better
kind-worse = Worse
kind-similar = Similar
kind-higher = Higher
kind-lower = Lower
kind-not-compared = Not compared
kind-not-compared-means = chance cannot be ruled out or in
show-values = Show the values instead

## The page: the legend

legend = Legend
change-classes = Change the classes and colours
end-lowest = lowest
end-lowest-worst = lowest: worst
end-highest = highest
end-highest-worst = highest: worst
end-fall = fall
end-fall-worse = fall: worse
end-rise = rise
end-rise-worse = rise: worse
as-published = { $areas }, as published
in-classes = { $areas } in { $n ->
    [one] { $n } class
   *[other] { $n } classes
}
in-classes-quantile = { $areas } in { $n } classes of equal count
in-classes-equal = { $areas } in { $n } classes of equal step
in-classes-jenks = { $areas } in { $n } classes by natural breaks
in-classes-own = { $areas } in { $n ->
    [one] { $n } class
   *[other] { $n } classes
} of your own
in-classes-parted = { $areas } in { $n ->
    [one] { $n } class
   *[other] { $n } classes
} that part at { $value }
in-classes-of = { $areas } in the classes of { $whose }
class-count = { $n ->
    [one] { $n } class
   *[other] { $n } classes
}
classes-published = These classes are as they were published.
colours-by = Colours by
coloured-by = The classes are those of { $whose }.
scope-published = As published
scope-shows-order = The map now shows { $indicator }, in ten classes by the areas of { $whose }.
scope-shows-published = The map shows { $indicator } again.
scope-selection = My selection
scope-needs-selection = Select { $n } areas or more, and the colours can be by them.
your-selection = your selection
scope-of-selection = the selection ({ $areas })
scope-nothing-selected = Nothing here is selected, so the colours are those of the areas shown.
no-own-classes = { $indicator } comes in classes of its own, so the link’s classes were left out.
breaks-outdated = No area lies in the link’s classes any more, so others are shown.
cure-scope = Colours by { $place }
cure-quantile = Equal count
cure-outside = Include all areas
method-quantile = Equal count
method-equal = Equal step
method-jenks = Natural breaks
method-custom = Your own
break-from = From
break-to = { $n }. up to
break-of = Break { $n } of { $count }
break-unread = A number, such as 12.5
break-order = More than { $before }
own-counts = Areas in the classes: { $counts }
one-class-more = One class more
one-class-less = One class less
two-colours = Two colours meet at
two-colours-none = no value: one scale
two-colours-other = another value
two-colours-at = The value at which two colours meet
method-pretty = Round
method-stddev = Deviation
method-headtail = Head/tail
fewer-classes = Fewer classes
more-classes = More classes
classes-still = The same for every period
colours = Colours
palette-blue = Yellow to blue
palette-purple = Purples
palette-orange = Yellow to brown
palette-grey = Greys
palette-orange-purple = Orange and purple
palette-brown-teal = Brown and teal
palette-red-blue = Red and blue
turn-highest = Turn round: dark for the highest
turn-lowest = Turn round: dark for the lowest
turn-colours = Turn the two colours round

## The page: the card and the list

the-area = The area
the-whole = The whole
place-among = { $place } of { $n } { $among }
place-of = { $place } of { $n }
worst-tenth-of = { $n } of { $of }
everything-here = Everything about this area
close-card = Close the card
compare = Compare
remove = Remove
numbered-changes = 1 to { $n } on the map { $first ->
    [highest] rose
   *[lowest] fell
} most.
numbered = 1 to { $n } on the map are the { $end }.
numbered-tied = 1 to { $n } on the map are the { $end }; some of them share a place.
numbered-none = { $n } areas are joint { $end }: too many to be numbered on the map.
numbered-each = 1 to { $n } on the first map are the { $first } there; on the second map the { $second } there.
point-at-area = Point at an area for its figures; click it to compare it.
point-at-area-framed = Point at an area for its figures.
target-from = from { $value }
target-tolerance = give or take { $value }
areas-caption = { $indicator }, { $period }: { $areas }
sort-category = By category
sort-category-last = By category, last first
order-first = { $end } first
rank-1-highest = Rank: 1 is the highest
rank-1-lowest = Rank: 1 is the lowest
show-all-areas = Show all { $areas }
no-areas = No areas here.
find-in-list = Find in this list
interval-between = { $lower } to { $upper }
interval-lower = 95% from
interval-upper = 95% to
interval-marks = The thin lines on the bars are 95% intervals ({ $method }): how far chance alone may have moved a value.
interval-goes-on = An arrow: the interval is longer than the scale.

## The page: the panels beside the map

panels = Areas, trend, relation and profile
trend = Trend
relation = Relation
profile = Profile
as-table = As a table
data-table = Data table and bar chart
time-series = Time series
scatter-plot = Scatter plot
area-profile = Area profile: spine chart
nothing-to-draw = There are no values to draw here.
worst-shown = Nothing is selected: these are the { $n } areas that the map numbers.
recent-test = { $from } to { $to } ({ $test })
recent-trends-by = Recent trends are those of { $test }.
one-period = Only { $period } is published, so there is nothing yet to see through time.
axis-not-from-zero = The scale does not begin at zero.
whole-not-drawn = The whole is not drawn: beside its count those of the areas could not be told apart.
no-trend-of-categories = Categories have names and no size that could grow.
held-beside = { $indicator } beside
held-beside-other = { $first } beside { $second }
second-indicator = The other indicator
second-elsewhere = “{ $id }” is not published for { $areas }; { $indicator } stands here instead.
relation-of-all = Every area counts here, whether or not it passes the filter.
second-of-same = These two measure the same, or one is part of the other: they go together by how they are made.
show-on-the-map = Swap
nothing-beside = No other indicator is published for { $areas } to be held beside.
no-relation-of-categories = Categories have names and no order, so they are not held beside another indicator.
spearman = Spearman’s ρ
pearson = Pearson’s r
determination = R²
figure-between = { $figure } ({ $lower } to { $upper })
point-at-dot = Point at a dot for its area; click it to select it.
not-both = one of the two values is missing
first-shown = The first { $n } of { $count }.
first-of = The first { $n } of { $count }, by rank.
profile-of = Profile of { $area }
profile-of-selection = Profile of the selection
profile-choose = Profile of
selection-name = The selection
the-selection = the selection
sets-without-line = No line for { $sets }: { $indicator } does not add up over areas.
selection-as-one = What is selected, as one ({ $areas })
set-as-one = { $name }, as one ({ $areas })
choose-area-for-profile = Choose an area on the map or in the list to see it by every indicator.
among-all = Among all { $areas }
shown-for = shown for { $area } ({ $kind })
not-published = Not published here
better-than = better than { $other }
worse-than = worse than { $other }
higher-than = higher than { $other }
lower-than = lower than { $other }
similar-to = similar to { $other }
and-join = { " and " }
end-worst = worst
end-best = best
alike = { $quarters ->
    [1] A quarter of the areas or more are at { $value }.
    [2] Half of the areas or more are at { $value }.
    [3] Three quarters of the areas or more are at { $value }.
   *[4] All areas are at { $value }.
}
middle-half = The middle half lies between { $lower } and { $upper }, the median at { $median }.
key-worse = worse
key-similar = similar
key-better = better
key-higher = higher
key-lower = lower
key-not-compared = not compared
spine-key = The mark is the area; the dark part of the bar is { $half }.
spine-key-beside = The mark is the area, the line { $whole }; the dark part of the bar is { $half }.
key-middle-half = the middle half of { $areas }, the worst or lowest on the left

## Larger areas by an index of deprivation

deprivation-by = Deprivation by { $areas }
average-score = Average score
average-rank = Average rank
worst-tenth = In the most deprived tenth
extent = Extent
local-concentration = Local concentration
deprivation-note = In the most deprived tenth: the share of an area’s small areas that are among the most deprived 10% of the country. Extent: the share of its people who live in the most deprived 30%, beyond the first 10% counted less and less. Local concentration: the average rank of its most deprived small areas that hold a tenth of its people. Ranks are turned round here, so that every higher figure is the more deprived one.

## The page: the selection, compared

clear-selection = Clear the selection
selection-empty = Nothing is selected any more
about-selection = About this selection
weighted-by = averaged by { $weights }
points = points
beside-pinned = Beside { $name }: { $value }.
beside-pinned-by = { $way ->
    [more] { $amount } more than { $name } ({ $value }).
    [less] { $amount } less than { $name } ({ $value }).
   *[same] The same as { $name } ({ $value }).
}
compared = Compared
compared-caption = { $indicator }, { $period }, of the selected areas beside their parents and the whole
how-it-compares = How it compares
difference-from = Difference from
its-parent = its { $area }
whole-unnamed = the whole
no-figure = no figure
remove-area = Remove { $area }
at-most = At most { $n } areas can be selected at once.
worst-answered = The { $listed } { $end } of these { $n } areas stand here one by one. Kept as a set, all of them together are one row.
first-answered = The first { $listed } of these { $n } areas stand here one by one. Kept as a set, all of them together are one row.
found-instead = { $indicator } is not published for { $wanted }; selected in place of the one that you chose: { $areas }.
found-outside = { $area } does not lie in { $place }: all of { $whole } is shown again.
selection-moved = Your selection moved with you from { $from } to { $to }.
selection-dropped = { $names } { $n ->
    [one] has no counterpart among { $areas } and was let go.
   *[other] have no counterpart among { $areas } and were let go.
}

## The page: selecting, filters and sets

select = Select
select-areas = Select areas
select-these = Select these
select-hint = Areas are also selected by a click on the map, in the list or on a class of the legend. A class joins what is selected with the shift key; on a touch screen, with the box in the legend.
add-to-selection = Add to what is selected
way-inside = All in one larger area
way-around = Around a place
way-drawn = Inside a line that you draw
way-figures = By their figures
inside-which = In which larger area
around-what = Around what
middle-of-map = The middle of the map
take-middle-again = Take the middle again
a-postcode = A postcode
postcode-without-place = This postcode has no place here.
within-distance = Within
kilometres = km
distance-unread = The distance is a number of kilometres, above 0 and up to { $most }.
label-points-count = An area counts as inside where its label point is, a point well inside it.
draw-hint = Click the map for each corner. By keyboard: walk the map with the arrow keys, and Enter makes the area’s label point a corner.
draw-begin = Draw on the map
draw-again = Start again
corner-middle = Corner at the middle of the map
corner-area = Corner at { $area }
corner-undo = Take back the last corner
corner-added = Corner { $n } added
corner-count = { $n ->
    [one] { $n } corner
   *[other] { $n } corners
}
drawing-left = Drawing has ended
too-many = { $n ->
    [one] That is { $count } area
   *[other] These are { $count } areas
}; at most { $most } can be selected at once. A filter holds any number.
group-empty = The link selects “{ $group }”, and no area here belongs to it.
condition = Condition { $n }
condition-add = And another condition
condition-remove = Remove condition { $n }
condition-sign = How the figure stands to the value
sign-at-most = at most
sign-below = below
sign-equal = equal to
sign-above = above
sign-at-least = at least
newest-period = newest
filter = Filter
filter-as-text = The same as text
filter-empty = Give at least one condition a value.
filter-map = Filter the map
filter-clear = Clear the filter
not-in-percent = { $indicator } is not measured in per cent here but as “{ $unit }”: leave out the sign of per cent and give a figure in that.
list-filtered = Only areas that pass the filter stand in this list: { $areas }.
name-selection = Name this selection
keep-set = Keep as a set
set-hint = A set stands beside areas on the card and in the panels, and lives in the link.
sets = Sets
set-name = Name of the set
set-select = Select the areas of this set
set-rename = Rename { $name }
set-remove = Remove the set { $name }
rename = Rename
sets-full = A link has room for { $most } sets, and for fewer of many areas; remove one to keep another.
set-name-unread = A name has 1 to { $most } characters, and no comma or ~.
set-name-taken = There is a set called “{ $name }” already.
set-of-one-geography = The areas of a set are of one kind; these are of several.
set-left-out = The set “{ $name }” was left out: { $geography } make no sets here.

## The page: places

places-near = Nearest to { $where }
places-elsewhere = Elsewhere
places-on-map = Places on the map
shown-on-map = Shown on the map
on-the-map = on the map
place-count-on-map = { $n ->
    [one] { $n } place on the map.
   *[other] { $n } places on the map.
}
places-in = { $n ->
    [one] { $n } place in { $where }
   *[other] { $n } places in { $where }
}
selected-areas = { $n ->
    [one] the selected area
   *[other] the { $n } selected areas
}
places-here = { $n ->
    [one] { $n } place here
   *[other] { $n } places here
}
list-places = { $what }: list them
and-more = and { $n } more
more-places = And { $n } more: choose an area to see all of its places.
no-name = Without a name

## The page: what the words of statistics mean

glossary = Words explained
what-is = What is this: { $term }
term-area = Area
explain-area = A place with a boundary and a code, such as a district or a small area of about 1,500 people (LSOA). All figures here speak of areas, never of single people.
term-decile = Decile
explain-decile = All areas are put in order and divided into ten groups of the same size. Decile 1 is one tenth of the areas. It tells an order and not how far apart areas are, and not everyone in an area is like its average.
term-rank = Rank
explain-rank = The place of an area among all that are compared, said from the nearer end: 2nd highest, 3rd lowest. In lists rank 1 is the worst where one end is worse, otherwise the highest. Areas with the same figure share a rank.
term-rate = Rate
explain-rate = A number of cases held against the number of people (or homes, or anything else) that they are counted among, so that large and small areas can be compared.
term-distribution = Distribution
explain-distribution = Each thin line is an area, from the lowest figure on the left to the highest on the right; darker where many are alike. The strong line is the area that you are looking at, dashed ones are what it is held against.
term-median = Middle (median)
explain-median = Half of the areas lie at it or below, half above. A few extreme areas do not move it.
term-classes = Classes
explain-classes = Areas with similar figures share a colour. With equal count each colour has about as many areas as the others; with equal step each covers the same span of figures. The bounds do not move when you move the map; behind the pencil they can be made the same for every period.
term-difference = Difference
explain-difference = The figure of the area less the figure that it is held against, both before they are rounded: the last digit may be another than that of the figures shown. Scores, ranks and deciles are not subtracted: twice the score is not twice the problem.
term-hidden = Hidden to protect privacy
explain-hidden = The number is so small that somebody could be recognised, or another hidden number could be worked out from it. It is not zero.
term-missing = No data
explain-missing = Nothing was published for this area and period. It is not zero.
term-interval = 95% interval
explain-interval = Small numbers go up and down by chance. The interval is a range that would hold the underlying figure 95 times in 100.
term-average = Average of several areas
explain-average = Each area counts as much as it has people (or homes, or whatever its figure is counted among). A large area moves the average more than a small one.
term-better = Better or worse
explain-better = An area is called better or worse only where its 95% interval does not hold the figure that it is held against. Similar means that chance may explain the difference, and not that the two are the same.
term-trend = Recent trend
explain-trend = The newest five years are tested for a steady rise or fall that is more than chance would explain. No significant change means that none could be shown, and not that nothing changed.
term-spine = Spine chart
explain-spine = Each line is one indicator, from the worst (or lowest) area on the left to the best (or highest) on the right; each quarter of the areas takes a quarter of it. The mark is this area; its shape and colour say how it stands to the whole.
term-quartiles = Quartiles
explain-quartiles = The areas in order, cut into four parts with equally many areas. The grey band of a spine chart holds the middle two, so that half of all areas lie in it.
term-spearman = Spearman’s ρ
explain-spearman = Whether areas that are high in one indicator are high in the other, by their order alone: 1 is the same order, −1 the opposite one, 0 no relation. It speaks of areas, not of people, and of no cause.
term-pearson = Pearson’s r
explain-pearson = How near the dots lie to a straight line: 1 or −1 is on it, rising or falling, and 0 is no straight line at all. A few areas far out can move it much.
term-regression = Regression line and R²
explain-regression = The straight line that passes nearest to the dots. R² is the part of the differences between areas that it accounts for, from 0 to 1.
term-gi-star = Getis-Ord Gi*
explain-gi-star = Whether an area and its neighbours together are high or low. It is a z: 0 is like the whole, above about 2 high and below about −2 low beyond chance, if one area alone were asked about.
term-local-moran = Local Moran’s I
explain-local-moran = Whether an area is like its neighbours. Above 0 they are alike, both high or both low; below 0 the area stands out from them.
term-p = p
explain-p = How often chance alone would give as strong a finding. The smaller p, the harder it is to put the finding down to chance: 0.01 is once in 100 times.
term-permutations = Permutations
explain-permutations = The figures of the other areas are shuffled over the map so many times, to see what chance alone would do. More of them decide more finely; the same seed gives the same answer again. Where they are too few, a test by the normal distribution stands in.
term-fdr = Findings that may be chance
explain-fdr = Where hundreds of areas are tested, some stand out by chance. With a false discovery rate of 5%, about 5 in 100 of the areas that are pointed out are expected to be such.
term-group = Group
explain-group = Areas side by side that are, each with its neighbours, higher (or lower) than chance would explain. An area in it need not be high by itself.
term-pocket = Pocket
explain-pocket = An area that stands out on its own: high among low neighbours, or low among high ones, or in no group with others. Averages of larger areas hide it.
term-deprivation-measures = Extent and local concentration
explain-deprivation-measures = Averages hide pockets: extent says how many people live in very deprived small areas, local concentration how deprived the worst of them are. Read beside the average, they show whether deprivation is spread or gathered in a few places.
term-target = Target
explain-target = What the publisher of this atlas wants the area to reach in this period.
term-edition = Edition
explain-edition = One published state of this atlas, named by its content. A link that keeps to an edition shows the same figures for ever.

## The page: copied, shared and printed

subject = { $indicator }, { $period }
copy = Copy
copy-sentence = Copy the sentence
copy-table = Copy the table
copy-picture = Copy as a picture
copied = Copied, with its source.
copy-refused = Your browser did not let this go to the clipboard.
save-file = Save it as a file
source-line = Source: { $source }
source-of = { $indicator }: { $source }
share = Share
print = Print
share-which = Which figures
share-newest = With the newest figures, whenever it is opened
share-pinned = With these figures for ever: the edition of { $built }
share-link = Link to this view
share-cite = To cite it
share-embed = In a page of your own
share-download = To take away
embed-fills = As wide as its place
embed-width = Width in pixels
embed-height = Height in pixels
embed-open = Readers may change
embed-code = HTML for your page
lock-indicator = indicator
lock-geography = kind of area
lock-within = { $area }
lock-period = period
lock-areas = selected areas
lock-legend = legend
lock-mode = way of showing
lock-at = part of the map
download-csv = The table as CSV, with exact figures
download-csv-all = All periods as CSV
download-geojson = The areas with their figures as GeoJSON
table-page = The table as a page
rows-printed = The first { $shown } of { $n }; all are at { $address }
field-copied = Copied.
field-refused = Your browser did not let this go to the clipboard. It is selected: copy it by hand.
citation = { $atlas }: { $subject }.{ $source } Edition { $edition } of { $built }. { $address } (read on { $today })
copied-from = { $atlas }, edition { $edition } of { $built }: { $address }

## The page: what is not as asked for

shown-elsewhere = { $indicator } is not published for { $wanted }; shown for { $shown }.
not-in-atlas = “{ $id }” is not in this atlas; { $indicator } is shown.
not-a-geography = “{ $id }” is not a geography of this atlas; { $areas } are shown.
not-limited = { $areas } cannot be limited to { $geography }; all are shown.
not-among = Not among the { $areas } of this edition, so left out: { $codes }.
no-places = This atlas has no places called “{ $id }”.
area-left-out = This atlas has no geography { $geography }; { $code } was left out.
edition-pinned = This link keeps to edition { $id } of { $built }.
edition-moved = Newer figures have been published.
show-newest = Show the newest
edition-not-held = The edition { $id } is not held here, so the newest is shown.
edition-withdrawn = The edition that you were reading has been withdrawn. Trying again opens the newest.
map-elsewhere = The link points to a place outside this atlas; the whole of it is shown.
link-unknown = “{ $name }” is nothing that a link can say here, so it was left out.
link-repeated = The link says “{ $name }” more than once; the first was taken.
of-another-map = This link’s “{ $name }” is of a map that is not shown, so it was left out.
filter-not-applied = { $why } The filter is not applied.
link-unread = This link’s “{ $name }” could not be read ({ $text }), so it was left out.

## The page: what went wrong

not-shown = { $what } could not be shown.
still-shown = What you see is still { $what }.
still-works = Another indicator, period or place can still be chosen.
no-indicators = This atlas holds no indicators yet.
no-geographies = This atlas holds no geographies yet.
no-values = The server has no values of { $indicator } for { $period }.
not-reached = The server could not be reached.
needs-server = This copy of the atlas is made of plain files, and this would have to be worked out by a server.
withdrawn = This edition was withdrawn: { $reason }
cut-short = The server's answer was cut short.
answered-with = The server answered with status { $status }.
went-wrong = Something went wrong.
