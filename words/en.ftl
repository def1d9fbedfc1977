### The words of the pages that need no script. Names and numbers come from the atlas as arguments.

## Around every page

skip = Skip to the content
title = { $subject } · { $atlas }
sources = Sources

## An area

show-on-map = Show on the map
about = About this area
code = Code
official-name = Official name
people = { $name }, { $period }
notes = Remarks
indicators-of = { $theme }: { $area }
nothing-published = Nothing is published for { $areas }.
indicator = Indicator
value = Value
period = Period
rank = Rank
target = Target
target-reached = { $value }: { $verdict }
coverage = Covers { $share }% of the people.
interval = { $lower } to { $upper }
explanation = Definition and source
definition = Definition
caveat = Please note
source = Source
licence = Licence
updated = Last updated
all-areas = All { $areas }

## The table

table-title = Table of { $indicator }, { $period }
choose = Choose a table
choose-geography = Areas
choose-indicator = Indicator
choose-period = Period
choose-sort = Order
sort-worst = Rank 1 first
sort-best = Rank 1 last
sort-name = By name
show = Show
postcode = Your postcode
find = Find my area
postcode-outside = { $postcode } is outside this atlas, or newer than its list of postcodes.
postcode-unread = “{ $text }” is not a postcode such as WR4 9PE.
whole = All of { $place }
download = Download as CSV
table-caption = { $indicator }, { $period }: { $n ->
    [one] { $count } { $area }
   *[other] { $count } { $areas }
}
area = Area
class = Class
class-first = { $from } to { $to }
class-above = over { $from }, to { $to }
class-decile = decile { $n }
nothing-to-show = This atlas has no values to show.

## The view in a frame

classes-caption = Classes of { $indicator }, { $period }
full-view = Open in { $atlas }

## What is not there

no-area = No such area
no-area-with-code = No area of “{ $geography }” has the code { $code }.
no-geography = This atlas has no areas of the kind “{ $geography }”.
perhaps = Perhaps you look for one of these:

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
