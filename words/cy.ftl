### DRAFT. Words for readers in Welsh, not in use: no Welsh speaker has read them yet.
###
### Messages and arguments are those of `en.ftl`, which stands in for whatever is missing here. Whoever reads Welsh is asked to mend
### them; the page and the server take the catalogue up once one has.

## What is shown, wherever it is shown

area = Ardal
areas = Ardaloedd
indicator = Dangosydd
indicators = Dangosyddion
period = Cyfnod
places = Lleoedd
value = Gwerth
rank = Safle
class = Dosbarth
classes = Dosbarthiadau
target = Targed
unit = Uned
definition = Diffiniad
caveat = Sylwer
source = Ffynhonnell
sources = Ffynonellau
licence = Trwydded
updated = Diweddarwyd
title = { $subject } · { $atlas }
choose-sort = Trefn
sort-name = Yn ôl enw
class-first = { $from } i { $to }
class-above = dros { $from }, hyd at { $to }
class-decile = degradd { $n }

## Why there is no value, or what must be known of one

status-suppressed = Wedi’i guddio i ddiogelu preifatrwydd
status-not-available = Dim data
status-not-applicable = Ddim yn berthnasol yma
status-low = Nifer isel
status-low-reliability = Dibynadwyedd isel
status-provisional = Dros dro
status-revised = Diwygiwyd
status-break = Ni ellir ei gymharu â chyfnodau cynharach
status-modelled = Wedi’i fodelu
coverage-too-little = Dim ffigur, oherwydd mai dim ond { $share }% o’r bobl y mae ffigurau ei hardaloedd llai yn eu cwmpasu.
coverage-none = Dim ffigur, oherwydd nad oes ardal lai sydd ag un yn perthyn iddi.

## Without script: around every page

skip = Neidio i’r cynnwys

## Without script: an area and the table

show-on-map = Dangos ar y map
about = Am yr ardal hon
code = Cod
official-name = Enw swyddogol
notes = Nodiadau
choose = Dewis tabl
show = Dangos
postcode = Eich cod post
find = Dod o hyd i fy ardal
whole = { $place } i gyd
download = Lawrlwytho fel CSV

## The view in a frame

full-view = Agor yn { $atlas }

## The page: around everything

skip-map = Neidio heibio i’r map
loading = Wrthi’n llwytho
close = Cau
try-again = Rhoi cynnig arall arni
not-loaded = Heb ei lwytho
part-not-loaded = Ni ellid llwytho’r rhan hon o’r dudalen. Mae’r hyn a ddangosir yn aros; ni ellid cyrraedd y gweinydd am ragor.
use-light = Defnyddio lliwiau golau
use-dark = Defnyddio lliwiau tywyll
dismiss = Cau’r hysbysiad hwn
about-data = Am y data
edition = Argraffiad { $id }.
area-count = { $n ->
    [zero] dim ardaloedd
    [two] { $n } ardal
   *[other] { $n } ardal
}

## The page: choosing

about-indicator = Am y dangosydd hwn
previous-indicator = Y dangosydd blaenorol
next-indicator = Y dangosydd nesaf
show-all = Dangos y cyfan
in = yn
earlier-period = Cyfnod cynharach
later-period = Cyfnod diweddarach
categories = Categorïau
published = Cyhoeddwyd
next-due = Disgwylir nesaf
owner = Perchennog

## The page: the one field

find-place = Dod o hyd i le neu ddangosydd
search-hint = Lle neu ddangosydd
search-hint-postcode = Eich cod post neu le, neu ddangosydd…
nothing-found = Ni chanfuwyd dim ar gyfer “{ $text }”.
postcode-found = Cod post

## The page: keys and map

keys = Bysellau
map = Map
closer = Yn nes
two-fingers = Defnyddiwch ddau fys i symud y map
further = Ymhellach
show-whole = Dangos y cyfan
inset = Mae { $n } o’r { $of } ardal yn nosbarth { $words } yn { $area }. Mynd yno ar y map.
inset-count = { $n } o’r { $of }
rank-of = o { $n } yn { $scope }
selected = wedi’i ddewis

## The page: the legend

end-lowest = isaf
end-lowest-worst = isaf: gwaethaf
end-highest = uchaf
end-highest-worst = uchaf: gwaethaf
colours = Lliwiau

## The page: the card and the list

the-area = Yr ardal
the-whole = Y cyfan
compare = Cymharu
remove = Tynnu
everything-here = Popeth am yr ardal hon
close-card = Cau’r cerdyn
no-areas = Dim ardaloedd yma.
compared = Wedi’u cymharu
clear-selection = Clirio’r dewis

## The page: copied, shared and printed

subject = { $indicator }, { $period }
copy = Copïo
copy-sentence = Copïo’r frawddeg
copy-table = Copïo’r tabl
copy-picture = Copïo fel llun
copied = Copïwyd, gyda’i ffynhonnell.
share = Rhannu
print = Argraffu
share-link = Dolen i’r olwg hon
glossary = Esbonio’r geiriau
source-line = Ffynhonnell: { $source }

## The page: what went wrong

not-shown = Ni ellid dangos { $what }.
not-reached = Ni ellid cyrraedd y gweinydd.
went-wrong = Aeth rhywbeth o’i le.
show-newest = Dangos y diweddaraf
edition-moved = Cyhoeddwyd ffigurau mwy diweddar.
