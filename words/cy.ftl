### DRAFT. Words for readers in Welsh, not in use: no Welsh speaker has read them yet.
###
### Messages and arguments are those of `en.ftl`, which stands in for whatever is missing here. Whoever reads Welsh is asked to mend
### them; the page and the server take the catalogue up once one has.
###
### Names come as arguments and cannot mutate, so none stands here after a word that would have it do so.

## What is shown, wherever it is shown

area = Ardal
areas = Ardaloedd
indicator = Dangosydd
indicators = Dangosyddion
theme = Thema
themes = Themâu
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

status-suppressed = Wedi’i atal i ddiogelu preifatrwydd
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

## Without script: the page before its script

without-script = Mae angen JavaScript ar y map. Gellir darllen popeth arall hebddo.
all-in-table = { $areas } i gyd mewn tabl
choose-other = Dangosyddion, ardaloedd a chyfnodau eraill
first-rows = Y rhai cyntaf ({ $shown } o { $count }, { $areas }), { $end } yn gyntaf: { $indicator }, { $period }
first-rows-unranked = Y rhai cyntaf ({ $shown } o { $count }, { $areas }): { $indicator }, { $period }

## Without script: an area

show-on-map = Dangos ar y map
about = Am yr ardal hon
code = Cod
official-name = Enw swyddogol
people = { $name }, { $period }
people-counted = o bobl
notes = Nodiadau
indicators-of = { $theme }: { $area }
nothing-published = Ni chyhoeddir dim ar gyfer { $areas }.
target-reached = { $value }: { $verdict }
coverage = Yn cwmpasu { $share }% o’r bobl.
interval = { $lower } i { $upper } (95%, { $method })
print-hint = Yn argraffu ar A4.
locator = { $area } o fewn { $around }
without-theme = Ffigurau pellach
verdict-to = Wrth ochr { $name }
interval-by = Cyfwng 95%: { $method }.
reading = Darllen y ffigurau
beyond-chance-note = Dywedir gwell, gwaeth, uwch ac is am wahaniaethau sy’n fwy nag y byddai siawns yn eu hesbonio.
explanation = Diffiniad a ffynhonnell
all-areas = Y cyfan: { $areas }

## Without script: the table

table-title = Tabl: { $indicator }, { $period }
choose = Dewis tabl
other-indicators = Dangosyddion eraill
show = Dangos
postcode = Eich cod post
find = Dod o hyd i fy ardal
postcode-outside = Mae { $postcode } y tu allan i’r atlas hwn, neu’n fwy diweddar na’i restr o godau post.
postcode-unread = Nid yw “{ $text }” yn god post fel WR4 9PE.
keep = Cadw
only-in = dim ond: { $area }
only-filtered = dim ond: { $filter }
whole = { $place } i gyd
p-value = p
beyond-chance-question = A yw’n fwy nag y byddai siawns yn ei esbonio?
yes = Ydy
no = Nac ydy
download = Lawrlwytho fel CSV
table-caption = { $indicator }, { $period }: { $count } ({ $n ->
    [one] { $area }
   *[other] { $areas }
})
nothing-to-show = Nid oes gan yr atlas hwn werthoedd i’w dangos.

## The view in a frame

classes-caption = Dosbarthiadau: { $indicator }, { $period }
full-view = Agor yr olwg lawn: { $atlas }

## Without script: what is not there

to-atlas = I’r atlas
no-area = Dim ardal o’r fath
no-area-with-code = Nid oes ardal â’r cod { $code } ymhlith “{ $geography }”.
no-geography = Nid oes ardaloedd o’r math “{ $geography }” yn yr atlas hwn.
perhaps = Efallai eich bod yn chwilio am un o’r rhain:

## The page: around everything

skip-map = Neidio heibio i’r map
loading = Wrthi’n llwytho
loading-what = Wrthi’n llwytho: { $what }…
raise-panels = Paneli: mwy neu lai
close = Cau
try-again = Rhoi cynnig arall arni
not-loaded = Heb ei lwytho
part-not-loaded = Ni ellid llwytho’r rhan hon o’r dudalen. Mae’r hyn a ddangosir yn aros; ni ellid cyrraedd y gweinydd am ragor.
use-light = Defnyddio lliwiau golau
use-dark = Defnyddio lliwiau tywyll
dismiss = Cau’r hysbysiad hwn
more-notices = { $n } arall
about-data = Am y data
edition = Argraffiad { $id }.
edition-of = Argraffiad dyddiedig { $built }
area-count = { $n ->
    [zero] dim ardaloedd
   *[other] { $n } ardal
}

## The page: choosing

about-indicator = Am y dangosydd hwn
previous-indicator = Y dangosydd blaenorol
next-indicator = Y dangosydd nesaf
find-indicator = Dod o hyd i ddangosydd yn ôl enw, thema neu ddiffiniad
find-indicator-by = Enw, thema neu ddiffiniad
no-indicator = Nid oes dangosydd sy’n sôn am “{ $text }”.
indicator-count = { $n ->
    [zero] { $n } dangosydd
    [one] { $n } dangosydd
    [two] { $n } ddangosydd
    [few] { $n } dangosydd
    [many] { $n } dangosydd
   *[other] { $n } dangosydd
}
indicators-before = Dangos mwy o’r { $n } o’u blaen
indicators-after = Dangos mwy o’r { $n } sy’n dilyn
show-all = Dangos y cyfan
other-theme = Arall
choices = Ardaloedd, lle a chyfnod
areas-shown = Ardaloedd a ddangosir
in = o fewn
only-those-in = Dim ond y rhai o fewn
earlier-period = Cyfnod cynharach
later-period = Cyfnod diweddarach
play-periods = Rhedeg drwy’r cyfnodau
pause-periods = Seibio
play-end = Rhoi’r gorau i redeg drwy’r cyfnodau
step-periods = Y cyfnod nesaf, heb newid y dosbarthiadau
categories = Categorïau
published = Cyhoeddwyd
next-due = Disgwylir nesaf
owner = Perchennog
direction = Cyfeiriad
polarity-high-is-bad = Mae ffigur uchel yn waeth.
polarity-high-is-good = Mae ffigur uchel yn well.
polarity-neutral = Nid yw ffigur uchel na ffigur isel yn well.

## The page: the one field

find-place = Dod o hyd i le neu ddangosydd
search-hint = Lle neu ddangosydd
search-hint-postcode = Eich cod post neu le, neu ddangosydd…
found = Canfuwyd
found-count = Canfuwyd { $n }.
nothing-found = Ni chanfuwyd dim ar gyfer “{ $text }”.
no-postcodes = Dim byd wedi’i ganfod ar gyfer “{ $text }”: nid yw’r atlas hwn yn cynnwys codau post. Rhowch gynnig ar enw dosbarth neu ardal.
postcode-begun = Mae “{ $text }” yn edrych fel dechrau cod post: ewch ymlaen i’w ddiwedd.
more-areas-match = Mae rhagor o ardaloedd yn cyfateb: ysgrifennwch fwy o’r enw.
areas-not-searched = Ni ellid chwilio’r ardaloedd.
only-show-one = Dangos un yn unig: { $area }
postcode-found = Cod post

## The page: keys

keys = Bysellau
key-step = Y dangosydd blaenorol a’r dangosydd nesaf
key-keys = Y bysellau hyn
key-neighbour = Ar y map: i’r ardal gyfagos
key-turn = Ar y map, lle mae ardaloedd yn gorgyffwrdd: y lleill yn y lle hwn
key-select = Ar y map: dewis yr ardal, neu ei gollwng
key-zoom = Ar y map: yn nes, ymhellach
single-keys = Defnyddio’r bysellau /, [, ] a ?

## The page: the map

map = Map
map-of = Map: { $what }. Mae’r bysellau saeth yn mynd o ardal i ardal, ac mae Enter yn dewis.
no-boundaries = { $areas }: nid oes ffiniau yma; mae’r ffigurau yn y rhestr.
closer = Yn nes
two-fingers = Defnyddiwch ddau fys i symud y map
further = Ymhellach
show-whole = Dangos y cyfan
inset = Mae { $n } o’r { $of } ardal yn y dosbarth { $words } o fewn { $area }. Mynd yno ar y map.
inset-count = { $n } o’r { $of }
class-of = dosbarth { $n } o { $count }, { $words }
rank-of = o { $n } o fewn { $scope }
place-from-end = { $rank ->
    [1] { $end }
   *[other] { $ordinal } { $end }
}
place-from-end-joint = cydradd { $rank ->
    [1] { $end }
   *[other] { $ordinal } { $end }
}
selected = wedi’i dewis
no-longer-selected = heb ei dewis mwyach
here = { $n } o { $count } yma
one-before = Yr un flaenorol yn y lle hwn
one-next = Yr un nesaf yn y lle hwn

## The page: what the map shows

show-as = Dangos fel
mode-change = Newid
mode-double = Map dwbl
mode-significance = Gwell neu waeth na…
hotspots = Mannau poeth
show-filter = Hidlydd…
mode-not-for-kind = nid ar gyfer gwerthoedd o’r fath
mode-one-period = dim byd cynharach
mode-no-neighbours = dim ardaloedd cyfagos
mode-not-beside = dim i’w osod wrth ei ochr
mode-needs-server = angen gweinydd
no-period-before = Nid oes cyfnod cynharach i ddangos y newid ohono, felly dangosir y map o werthoedd.
since = ers
compare-with = Cymharu â
kind = Math
beside = wrth ochr
period-of-second = Cyfnod yr ail fap
second-value = { $indicator }, { $period }: { $value }
no-second-map = Ni chyhoeddir dim arall ar gyfer { $areas }, felly un map sydd.
second-not-beside = Ni all yr ail fap ddangos “{ $id }” ar gyfer { $areas }; yn hytrach, dangosir { $other }.
from-to = { $from } – { $to }
their-parent = eu hardal fwy: { $area }
their-target = eu targed
their-value-in = eu gwerth eu hunain ar gyfer { $period }
change-of = { $indicator }: newid
in-classes-still = { $classes }, dros bob cyfnod ({ $n })
in-classes-symmetrical = { $areas }, yn ôl traeanau maint y newid
interval-of-change = o gyfyngau hyder y ddau werth
change-between = { $from }: { $earlier }; { $period }: { $later }
change-of-whole = { $name } i gyd: { $value }
beyond-chance = Mwy nag y byddai siawns yn ei esbonio.
within-chance = O fewn yr hyn y byddai siawns yn ei esbonio.
chance-unknown = Ni wyddys yma a yw newid yn fwy na siawns.
held-against = { $name }: { $value }
held-at-95 = Cymharwyd â’r ffigur ar gyfer { $name }, gyda chyfyngau hyder 95%.
not-compared-because = { $areas }: { $reason }
change-hotspots = Newid sut y canfyddir mannau poeth
hotspot-statistic = Dull canfod
hotspot-gi-star = Getis-Ord Gi*
hotspot-local-moran = Mynegai Moran lleol
hotspot-permutations = Trynewidiadau
hotspot-decide = Penderfynu drwy { $permutations } o drynewidiadau
hotspot-fdr = Canfyddiadau a all fod yn siawns
hotspot-smooth = Cyfraddau sy’n seiliedig ar ychydig o bobl
hotspot-seed = Hedyn y trynewidiadau
hotspot-defaults = Fel yr oedd
smooth-none = fel y’u cyhoeddwyd
smooth-global = wedi’u llyfnhau tuag at y cyfan
smooth-spatial = wedi’u llyfnhau tuag at ardaloedd cyfagos
gi-star-of = Gyda’i hardaloedd cyfagos: Gi* { $statistic } (p { $p })
local-moran-of = Wrth ochr ei hardaloedd cyfagos: mynegai Moran lleol I { $statistic } (p { $p })
hotspots-by-permutation = Cymharwyd drwy { $permutations } o drynewidiadau; o’r hyn a ganfuwyd, gall { $percent }% fod yn siawns.
hotspots-edge = { $areas } ar yr ymyl: ni chyfrifir ardaloedd cyfagos y tu allan.
group-peak = brig y grŵp
group-others = a hefyd { $n } arall
pockets = Pocedi
no-groups = Nid oes grŵp na phoced yn sefyll allan y tu hwnt i siawns.
extreme-areas = { $end }: { $n } ardal, beth bynnag am { $n ->
    [one] ei hardaloedd cyfagos
   *[other] eu hardaloedd cyfagos
}
neighbours-note = Mae grŵp yn sôn am ardaloedd ynghyd â’u hardaloedd cyfagos: efallai na fydd ardal unigol ynddo ar y naill ben na’r llall.
kind-high-group = Grŵp o werthoedd uchel
kind-high-group-means = mae’r ardal a’i hardaloedd cyfagos gyda’i gilydd yn uwch nag y byddai siawns yn ei esbonio
kind-low-group = Grŵp o werthoedd isel
kind-low-group-means = mae’r ardal a’i hardaloedd cyfagos gyda’i gilydd yn is nag y byddai siawns yn ei esbonio
kind-high-pocket = Poced o werthoedd uchel
kind-high-pocket-means = yn sefyll allan fel un uchel, ar ei phen ei hun neu ymhlith ardaloedd cyfagos is
kind-low-pocket = Poced o werthoedd isel
kind-low-pocket-means = yn sefyll allan fel un isel, ar ei phen ei hun neu ymhlith ardaloedd cyfagos uwch
kind-highest = Ymhlith yr uchaf
kind-highest-means = gwerth uchel ynddo’i hun, heb fod mewn grŵp na phoced o werthoedd uchel
kind-lowest = Ymhlith yr isaf
kind-lowest-means = gwerth isel ynddo’i hun, heb fod mewn grŵp na phoced o werthoedd isel
kind-none = Ddim yn sefyll allan
kind-none-means = dim mwy nag y byddai siawns yn ei esbonio
kind-untested = Heb ei phrofi
kind-untested-means = nid oes gwerth gan unrhyw ardal gyfagos
kind-better = Gwell
kind-worse = Gwaeth
kind-similar = Tebyg
kind-higher = Uwch
kind-lower = Is
kind-not-compared = Heb ei chymharu
kind-not-compared-means = ni ellir dweud ai siawns sydd ar waith ai peidio
show-values = Dangos y gwerthoedd yn lle hynny

## The page: the legend

legend = Allwedd
change-classes = Newid y dosbarthiadau a’r lliwiau
end-lowest = isaf
end-lowest-worst = isaf: gwaethaf
end-highest = uchaf
end-highest-worst = uchaf: gwaethaf
end-fall = gostyngiad
end-fall-worse = gostyngiad: gwaeth
end-rise = cynnydd
end-rise-worse = cynnydd: gwaeth
as-published = { $areas }, fel y’u cyhoeddwyd
in-classes = { $areas } mewn { $n ->
    [two] { $n } ddosbarth
   *[other] { $n } dosbarth
}
in-classes-quantile = { $areas } mewn { $n ->
    [two] { $n } ddosbarth
   *[other] { $n } dosbarth
} â nifer cyfartal
in-classes-equal = { $areas } mewn { $n ->
    [two] { $n } ddosbarth
   *[other] { $n } dosbarth
} â cham cyfartal
in-classes-jenks = { $areas } mewn { $n ->
    [two] { $n } ddosbarth
   *[other] { $n } dosbarth
} yn ôl toriadau naturiol
in-classes-own = { $areas } mewn { $n ->
    [two] { $n } ddosbarth
   *[other] { $n } dosbarth
} o’ch dewis eich hun
in-classes-parted = { $areas } mewn { $n ->
    [two] { $n } ddosbarth
   *[other] { $n } dosbarth
} sy’n ymrannu ar { $value }
in-classes-of = { $areas } yn nosbarthiadau { $whose }
class-count = { $n ->
    [zero] dim dosbarthiadau
    [two] { $n } ddosbarth
   *[other] { $n } dosbarth
}
classes-published = Mae’r dosbarthiadau hyn fel y’u cyhoeddwyd.
colours-by = Lliwiau yn ôl
coloured-by = Dosbarthiadau { $whose } yw’r rhain.
scope-published = Fel y’u cyhoeddwyd
scope-shows-order = Mae’r map bellach yn dangos { $indicator }, mewn deg dosbarth yn ôl ardaloedd { $whose }.
scope-shows-published = Mae’r map yn dangos { $indicator } eto.
scope-selection = Fy newis
scope-needs-selection = Dewiswch { $n } neu ragor o ardaloedd, a gall y lliwiau fod yn ôl y rhain.
your-selection = eich dewis
scope-of-selection = y dewis ({ $areas })
scope-nothing-selected = Nid oes dim yma wedi’i ddewis, felly lliwiau’r ardaloedd a ddangosir yw’r rhain.
no-own-classes = Mae gan y dangosydd hwn ei ddosbarthiadau ei hun ({ $indicator }), felly gadawyd dosbarthiadau’r ddolen allan.
breaks-outdated = Nid oes ardal yn nosbarthiadau’r ddolen mwyach, felly dangosir rhai eraill.
cure-scope = Lliwiau yn ôl { $place }
cure-quantile = Nifer cyfartal
cure-outside = Cynnwys pob ardal
method-quantile = Nifer cyfartal
method-equal = Cam cyfartal
method-jenks = Toriadau naturiol
method-custom = Eich dewis eich hun
break-from = O
break-to = { $n }. hyd at
break-of = Toriad { $n } o { $count }
break-unread = Rhif, fel 12.5
break-order = Uwchlaw { $before }
own-counts = Ardaloedd yn y dosbarthiadau: { $counts }
one-class-more = Un dosbarth yn fwy
one-class-less = Un dosbarth yn llai
two-colours = Man cwrdd dau liw
two-colours-none = dim gwerth: un raddfa
two-colours-other = gwerth arall
two-colours-at = Y gwerth lle mae dau liw yn cwrdd
method-pretty = Rhifau crwn
method-stddev = Gwyriad
method-headtail = Pen/cynffon
fewer-classes = Llai o ddosbarthiadau
more-classes = Mwy o ddosbarthiadau
classes-still = Yr un fath ar gyfer pob cyfnod
colours = Lliwiau
palette-blue = Melyn i las
palette-purple = Arlliwiau o borffor
palette-orange = Melyn i frown
palette-grey = Arlliwiau o lwyd
palette-orange-purple = Oren a phorffor
palette-brown-teal = Brown a gwyrddlas
palette-red-blue = Coch a glas
turn-highest = Gwrthdroi: tywyll ar gyfer yr uchaf
turn-lowest = Gwrthdroi: tywyll ar gyfer yr isaf
turn-colours = Gwrthdroi’r ddau liw

## The page: the card and the list

the-area = Yr ardal
the-whole = Y cyfan
place-among = { $place } o { $n } ({ $among })
place-of = { $place } o { $n }
worst-tenth-of = { $n } o { $of }
everything-here = Popeth am yr ardal hon
close-card = Cau’r cerdyn
compare = Cymharu
remove = Tynnu
numbered-changes = 1 i { $n } ar y map yw’r rhai a { $first ->
    [highest] gododd
   *[lowest] ostyngodd
} fwyaf.
numbered = 1 i { $n } ar y map yw’r rhai { $end }.
numbered-tied = 1 i { $n } ar y map yw’r rhai { $end }; mae rhai ohonynt yn rhannu safle.
numbered-none = Mae { $n } ardal yn gydradd { $end }: gormod i’w rhifo ar y map.
numbered-each = 1 i { $n } ar y map cyntaf yw’r rhai { $first } yno; ar yr ail fap, y rhai { $second } yno.
point-at-area = Pwyntiwch at ardal i weld ei ffigurau; cliciwch arni i’w chymharu.
point-at-area-framed = Pwyntiwch at ardal i weld ei ffigurau.
target-from = o { $value }
target-tolerance = { $value } y naill ochr neu’r llall
areas-caption = { $indicator }, { $period }: { $areas }
sort-category = Yn ôl categori
sort-category-last = Yn ôl categori, yr olaf yn gyntaf
order-first = { $end } yn gyntaf
rank-1-highest = Safle: 1 yw’r uchaf
rank-1-lowest = Safle: 1 yw’r isaf
show-all-areas = Dangos y cyfan ({ $areas })
no-areas = Dim ardaloedd yma.
find-in-list = Dod o hyd i ardal yn y rhestr hon
interval-between = { $lower } i { $upper }
interval-lower = 95% o
interval-upper = 95% hyd at
interval-marks = Cyfyngau hyder 95% ({ $method }) yw’r llinellau tenau ar y barrau: pa mor bell y gallai siawns yn unig fod wedi symud gwerth.
interval-goes-on = Saeth: mae’r cyfwng hyder yn hirach na’r raddfa.

## The page: the panels beside the map

panels = Ardaloedd, tuedd, perthynas a phroffil
trend = Tuedd
relation = Perthynas
profile = Proffil
as-table = Fel tabl
data-table = Tabl data a siart bar
time-series = Cyfres amser
scatter-plot = Plot gwasgariad
area-profile = Proffil ardal: siart asgwrn cefn
nothing-to-draw = Nid oes gwerthoedd i’w lluniadu yma.
worst-shown = Nid oes dim wedi’i ddewis: dyma’r { $n } ardal y mae’r map yn eu rhifo.
recent-test = { $from } – { $to } ({ $test })
recent-trends-by = Daw’r tueddiadau diweddar o’r prawf hwn: { $test }.
one-period = Dim ond { $period } a gyhoeddwyd, felly nid oes dim i’w weld dros amser eto.
axis-not-from-zero = Nid yw’r raddfa’n dechrau ar sero.
whole-not-drawn = Ni luniadir y cyfan: wrth ochr ei gyfrif ef, ni ellid gwahaniaethu rhwng cyfrifon yr ardaloedd.
no-trend-of-categories = Mae gan gategorïau enwau ond dim maint a allai dyfu.
held-beside = { $indicator } wrth ochr
held-beside-other = { $first } wrth ochr { $second }
second-indicator = Y dangosydd arall
second-elsewhere = Ni chyhoeddir “{ $id }” ar gyfer { $areas }; { $indicator } sydd yma yn ei le.
second-of-same = Mae’r ddau hyn yn mesur yr un peth, neu mae un yn rhan o’r llall: maent yn cyd-fynd oherwydd sut y’u gwneir.
show-on-the-map = Cyfnewid
nothing-beside = Ni chyhoeddir dangosydd arall ar gyfer { $areas } i’w osod wrth ei ochr.
no-relation-of-categories = Mae gan gategorïau enwau ond dim trefn, felly ni chânt eu gosod wrth ochr dangosydd arall.
spearman = ρ Spearman
pearson = r Pearson
determination = R²
figure-between = { $figure } ({ $lower } i { $upper })
point-at-dot = Pwyntiwch at ddot i weld ei ardal; cliciwch arno i’w dewis.
not-both = mae un o’r ddau werth ar goll
first-shown = Y rhai cyntaf: { $n } o { $count }.
first-of = Y rhai cyntaf: { $n } o { $count }, yn ôl safle.
profile-of = Proffil { $area }
profile-of-selection = Proffil y dewis
profile-choose = Proffil ar gyfer
selection-name = Y dewis
the-selection = y dewis
sets-without-line = Dim llinell ar gyfer { $sets }: nid yw { $indicator } yn adio i gyfanswm dros ardaloedd.
selection-as-one = Yr hyn a ddewiswyd, fel un ({ $areas })
set-as-one = { $name }, fel un ({ $areas })
choose-area-for-profile = Dewiswch ardal ar y map neu yn y rhestr i’w gweld yn ôl pob dangosydd.
among-all = Ymhlith { $areas } i gyd
shown-for = dangosir ar gyfer { $area } ({ $kind })
not-published = Heb ei gyhoeddi yma
better-than = gwell na’r ffigur ar gyfer { $other }
worse-than = gwaeth na’r ffigur ar gyfer { $other }
higher-than = uwch na’r ffigur ar gyfer { $other }
lower-than = is na’r ffigur ar gyfer { $other }
similar-to = tebyg i’r ffigur ar gyfer { $other }
and-join = { " a hefyd " }
end-worst = gwaethaf
end-best = gorau
alike = { $quarters ->
    [1] Chwarter yr ardaloedd neu fwy: { $value }
    [2] Hanner yr ardaloedd neu fwy: { $value }
    [3] Tri chwarter yr ardaloedd neu fwy: { $value }
   *[4] Pob ardal: { $value }
}
middle-half = Mae’r hanner canol yn ymestyn o { $lower } i { $upper }, gyda’r canolrif ar { $median }.
key-worse = gwaeth
key-similar = tebyg
key-better = gwell
key-higher = uwch
key-lower = is
key-not-compared = heb ei chymharu
spine-key = Y marc yw’r ardal; rhan dywyll y bar yw { $half }.
spine-key-beside = Y marc yw’r ardal, y llinell { $whole }; rhan dywyll y bar yw { $half }.
key-middle-half = hanner canol { $areas }, y gwaethaf neu’r isaf ar y chwith

## Larger areas by an index of deprivation

deprivation-by = Amddifadedd yn ôl { $areas }
average-score = Sgôr cyfartalog
average-rank = Safle cyfartalog
worst-tenth = Yn y degfed mwyaf difreintiedig
extent = Ehangder
local-concentration = Crynodiad lleol
deprivation-note = Yn y degfed mwyaf difreintiedig: cyfran ardaloedd bach yr ardal sydd ymhlith y 10% mwyaf difreintiedig yn y wlad. Ehangder: cyfran ei phobl sy’n byw yn y 30% mwyaf difreintiedig, gan gyfrif llai a llai y tu hwnt i’r 10% cyntaf. Crynodiad lleol: safle cyfartalog ei hardaloedd bach mwyaf difreintiedig sy’n cynnwys degfed o’i phobl. Mae’r safleoedd wedi’u gwrthdroi yma, fel mai’r ffigur uwch yw’r un mwy difreintiedig bob tro.

## The page: the selection, compared

clear-selection = Clirio’r dewis
selection-empty = Nid oes dim wedi’i ddewis mwyach
about-selection = Am y dewis hwn
weighted-by = cyfartaledd wedi’i bwysoli yn ôl { $weights }
points = pwynt canran
beside-pinned = Wrth ochr { $name }: { $value }.
beside-pinned-by = { $way ->
    [more] { $amount } yn fwy na’r ffigur ar gyfer { $name } ({ $value }).
    [less] { $amount } yn llai na’r ffigur ar gyfer { $name } ({ $value }).
   *[same] Yr un fath â’r ffigur ar gyfer { $name } ({ $value }).
}
compared = Wedi’u cymharu
compared-caption = { $indicator }, { $period }, ar gyfer yr ardaloedd a ddewiswyd wrth ochr eu hardaloedd mwy a’r cyfan
how-it-compares = Sut mae’n cymharu
difference-from = Gwahaniaeth o’r ffigur ar gyfer
its-parent = ei hardal fwy: { $area }
whole-unnamed = y cyfan
no-figure = dim ffigur
remove-area = Tynnu { $area }
at-most = Gellir dewis { $n } ardal ar y mwyaf ar unwaith.
worst-answered = Mae’r { $listed } { $end } o’r { $n } ardal hyn yma fesul un. O’u cadw fel set, maent i gyd gyda’i gilydd yn un rhes.
first-answered = Mae’r { $listed } gyntaf o’r { $n } ardal hyn yma fesul un. O’u cadw fel set, maent i gyd gyda’i gilydd yn un rhes.
found-instead = Ni chyhoeddir { $indicator } ar gyfer { $wanted }; dewiswyd yn lle’r un a geisiwyd: { $areas }.
found-outside = Nid yw { $area } yn { $place }: dangosir { $whole } i gyd eto.
selection-moved = Symudodd eich dewis gyda chi. Cynt: { $from }. Nawr: { $to }.
selection-dropped = { $names }: nid oes ardal yn cyfateb ymhlith { $areas }, felly { $n ->
    [one] fe’i gollyngwyd.
   *[other] fe’u gollyngwyd.
}

## The page: selecting, filters and sets

select = Dewis
select-areas = Dewis ardaloedd
select-these = Dewis y rhain
select-hint = Dewisir ardaloedd hefyd drwy glicio ar y map, yn y rhestr neu ar ddosbarth yn yr allwedd. Mae dosbarth yn ymuno â’r hyn sydd wedi’i ddewis gyda’r fysell Shift; ar sgrin gyffwrdd, gyda’r blwch yn yr allwedd.
add-to-selection = Ychwanegu at yr hyn sydd wedi’i ddewis
way-inside = Pob un mewn un ardal fwy
way-around = O gwmpas lle
way-drawn = Y tu mewn i linell a luniadwch chi
way-figures = Yn ôl eu ffigurau
inside-which = Ym mha ardal fwy
around-what = O gwmpas beth
middle-of-map = Canol y map
take-middle-again = Cymryd y canol eto
a-postcode = Cod post
postcode-without-place = Nid oes lleoliad i’r cod post hwn yma.
within-distance = O fewn
kilometres = km
distance-unread = Nifer o gilometrau yw’r pellter, uwchlaw 0 a hyd at { $most }.
label-points-count = Cyfrifir bod ardal y tu mewn os yw ei phwynt label y tu mewn, sef pwynt sydd ymhell o fewn ei ffiniau.
draw-hint = Cliciwch ar y map ar gyfer pob cornel. Gyda’r bysellfwrdd: symudwch ar hyd y map â’r bysellau saeth, ac mae Enter yn gwneud pwynt label yr ardal yn gornel.
draw-begin = Lluniadu ar y map
draw-again = Dechrau eto
corner-middle = Cornel yng nghanol y map
corner-area = Cornel: { $area }
corner-undo = Dad-wneud y gornel olaf
corner-added = Ychwanegwyd cornel { $n }
corner-count = { $n ->
    [zero] dim corneli
    [one] { $n } gornel
    [two] { $n } gornel
    [few] { $n } cornel
    [many] { $n } chornel
   *[other] { $n } cornel
}
drawing-left = Mae’r lluniadu wedi dod i ben
too-many = { $n ->
   *[other] Dyna { $count } ardal
}; gellir dewis { $most } ar y mwyaf ar unwaith. Gall hidlydd gynnwys unrhyw nifer.
group-empty = Mae’r ddolen yn dewis “{ $group }”, ac nid oes ardal yma yn perthyn iddo.
condition = Amod { $n }
condition-add = Ac amod arall
condition-remove = Tynnu amod { $n }
condition-sign = Sut mae’r ffigur yn cymharu â’r gwerth
sign-at-most = ar y mwyaf
sign-below = islaw
sign-equal = yn hafal i
sign-above = uwchlaw
sign-at-least = o leiaf
newest-period = diweddaraf
filter = Hidlydd
filter-as-text = Yr un peth fel testun
filter-empty = Rhowch werth i o leiaf un amod.
filter-map = Hidlo’r map
filter-clear = Clirio’r hidlydd
not-in-percent = Ni fesurir { $indicator } mewn canrannau yma ond fel “{ $unit }”: hepgorwch yr arwydd canran a rhowch ffigur yn yr uned honno.
list-filtered = Dim ond ardaloedd sy’n pasio’r hidlydd sydd yn y rhestr hon: { $areas }.
name-selection = Enwi’r dewis hwn
keep-set = Cadw fel set
set-hint = Saif set wrth ochr ardaloedd ar y cerdyn ac yn y paneli, a chaiff ei chadw yn y ddolen.
sets = Setiau
set-name = Enw’r set
set-select = Dewis ardaloedd y set hon
set-rename = Ailenwi { $name }
set-remove = Tynnu’r set { $name }
rename = Ailenwi
sets-full = Mae lle mewn dolen i hyd at { $most } set, ac i lai os oes ynddynt lawer o ardaloedd; tynnwch un i gadw un arall.
set-name-unread = Mae gan enw 1 i { $most } nod, heb goma na ~.
set-name-taken = Mae set o’r enw “{ $name }” eisoes.
set-of-one-geography = Mae ardaloedd set o’r un math; mae’r rhain o sawl math.
set-left-out = Gadawyd y set “{ $name }” allan: ni all { $geography } ffurfio setiau yma.

## The page: places

places-near = Agosaf at y lle hwn: { $where }
places-elsewhere = Mewn mannau eraill
places-on-map = Lleoedd ar y map
shown-on-map = Dangosir ar y map
on-the-map = ar y map
place-count-on-map = { $n ->
    [zero] Dim lleoedd ar y map.
    [two] { $n } le ar y map.
   *[other] { $n } lle ar y map.
}
places-in = { $n ->
    [zero] Dim lleoedd o fewn { $where }
    [two] { $n } le o fewn { $where }
   *[other] { $n } lle o fewn { $where }
}
selected-areas = { $n ->
    [one] yr ardal a ddewiswyd
   *[other] yr ardaloedd a ddewiswyd ({ $n })
}
more-places = A hefyd { $n } arall: dewiswch ardal i weld ei holl leoedd.
no-name = Heb enw

## The page: what the words of statistics mean

glossary = Esbonio’r geiriau
what-is = Beth yw hyn: { $term }
term-area = Ardal
explain-area = Lle â ffin a chod, fel awdurdod lleol neu ardal fach o tua 1,500 o bobl (LSOA). Mae’r holl ffigurau yma yn sôn am ardaloedd, ac nid am bobl unigol byth.
term-decile = Degradd
explain-decile = Rhoddir yr holl ardaloedd mewn trefn a’u rhannu’n ddeg grŵp o’r un maint. Degfed o’r ardaloedd yw degradd 1. Mae’n dangos trefn ac nid pa mor bell oddi wrth ei gilydd y mae’r ardaloedd, ac nid yw pawb mewn ardal yn debyg i’w chyfartaledd.
term-rank = Safle
explain-rank = Lle’r ardal ymhlith yr holl rai a gymherir, gan gyfrif o’r pen agosaf: 2il uchaf, 3ydd isaf. Mewn rhestrau, safle 1 yw’r gwaethaf lle mae un pen yn waeth, ac fel arall yr uchaf. Mae ardaloedd â’r un ffigur yn rhannu safle.
term-rate = Cyfradd
explain-rate = Nifer yr achosion o’i gymharu â nifer y bobl (neu’r cartrefi, neu unrhyw beth arall) y’u cyfrifir yn eu plith, fel y gellir cymharu ardaloedd mawr a bach.
term-distribution = Dosraniad
explain-distribution = Ardal yw pob llinell denau, o’r ffigur isaf ar y chwith i’r uchaf ar y dde; mae’n dywyllach lle mae llawer yn debyg. Y llinell gref yw’r ardal yr ydych yn edrych arni, a’r llinellau toredig yw’r hyn y caiff ei chymharu ag ef.
term-median = Canol (canolrif)
explain-median = Mae hanner yr ardaloedd ar y gwerth hwn neu islaw iddo, a’r hanner arall uwchlaw iddo. Nid yw ychydig o ardaloedd eithafol yn ei symud.
term-classes = Dosbarthiadau
explain-classes = Mae ardaloedd â ffigurau tebyg yn rhannu lliw. Gyda nifer cyfartal, mae gan bob lliw tua’r un nifer o ardaloedd â’r lleill; gyda cham cyfartal, mae pob un yn cwmpasu’r un rhychwant o ffigurau. Nid yw’r terfynau’n symud pan symudwch y map; y tu ôl i’r pensil gellir eu gwneud yr un fath ar gyfer pob cyfnod.
term-difference = Gwahaniaeth
explain-difference = Ffigur yr ardal minws y ffigur y caiff ei gymharu ag ef. Ni thynnir sgorau, safleoedd na degraddau oddi wrth ei gilydd: nid yw dwywaith y sgôr yn ddwywaith y broblem.
term-hidden = Wedi’i atal i ddiogelu preifatrwydd
explain-hidden = Mae’r nifer mor fach fel y gellid adnabod rhywun, neu gyfrifo ohono nifer arall sydd wedi’i atal. Nid yw’n sero.
term-missing = Dim data
explain-missing = Ni chyhoeddwyd dim ar gyfer yr ardal hon a’r cyfnod hwn. Nid yw’n sero.
term-interval = Cyfwng hyder 95%
explain-interval = Mae niferoedd bach yn codi ac yn gostwng drwy siawns. Ystod a fyddai’n cynnwys y ffigur gwaelodol 95 gwaith mewn 100 yw’r cyfwng hyder.
term-average = Cyfartaledd sawl ardal
explain-average = Mae pob ardal yn cyfrif yn ôl nifer ei phobl (neu ei chartrefi, neu beth bynnag y cyfrifir ei ffigur yn ei blith). Mae ardal fawr yn symud y cyfartaledd yn fwy nag un fach.
term-better = Gwell neu waeth
explain-better = Dim ond lle nad yw ei chyfwng hyder 95% yn cynnwys y ffigur y caiff ei chymharu ag ef y gelwir ardal yn well neu’n waeth. Ystyr “tebyg” yw y gall siawns esbonio’r gwahaniaeth, ac nid bod y ddau yr un fath.
term-trend = Tuedd ddiweddar
explain-trend = Profir y pum mlynedd diweddaraf am gynnydd neu ostyngiad cyson sy’n fwy nag y byddai siawns yn ei esbonio. Ystyr “dim newid arwyddocaol” yw na ellid dangos newid, ac nid na newidiodd dim.
term-spine = Siart asgwrn cefn
explain-spine = Un dangosydd yw pob llinell, o’r ardal waethaf (neu isaf) ar y chwith i’r orau (neu’r uchaf) ar y dde; mae pob chwarter o’r ardaloedd yn cymryd chwarter ohoni. Y marc yw’r ardal hon; mae ei siâp a’i liw yn dangos sut mae’n cymharu â’r cyfan.
term-quartiles = Chwarteli
explain-quartiles = Yr ardaloedd mewn trefn, wedi’u rhannu’n bedair rhan â’r un nifer o ardaloedd. Mae band llwyd siart asgwrn cefn yn cynnwys y ddwy ran ganol, fel bod hanner yr holl ardaloedd ynddo.
term-spearman = ρ Spearman
explain-spearman = A yw’r ardaloedd sy’n uchel o ran un dangosydd yn uchel o ran y llall, yn ôl eu trefn yn unig: 1 yw’r un drefn, −1 y drefn groes, 0 dim perthynas. Mae’n sôn am ardaloedd, nid am bobl, ac nid am unrhyw achos.
term-pearson = r Pearson
explain-pearson = Pa mor agos y mae’r dotiau at linell syth: mae 1 neu −1 arni, yn codi neu’n gostwng, ac nid yw 0 yn llinell syth o gwbl. Gall ychydig o ardaloedd ymhell allan ei symud lawer.
term-regression = Llinell atchweliad ac R²
explain-regression = Y llinell syth sy’n pasio agosaf at y dotiau. R² yw’r rhan o’r gwahaniaethau rhwng ardaloedd y mae’n ei hesbonio, o 0 i 1.
term-gi-star = Getis-Ord Gi*
explain-gi-star = A yw ardal a’i hardaloedd cyfagos gyda’i gilydd yn uchel neu’n isel. Sgôr z yw hwn: mae 0 fel y cyfan, mae uwchlaw tua 2 yn uchel ac islaw tua −2 yn isel y tu hwnt i siawns, pe holid am un ardal yn unig.
term-local-moran = Mynegai Moran lleol
explain-local-moran = A yw ardal yn debyg i’w hardaloedd cyfagos. Uwchlaw 0 maent yn debyg, i gyd yn uchel neu i gyd yn isel; islaw 0 mae’r ardal yn sefyll allan oddi wrthynt.
term-p = p
explain-p = Pa mor aml y byddai siawns yn unig yn rhoi canfyddiad mor gryf. Po leiaf yw p, anoddaf yw priodoli’r canfyddiad i siawns: mae 0.01 yn golygu unwaith mewn 100 o weithiau.
term-permutations = Trynewidiadau
explain-permutations = Cymysgir ffigurau’r ardaloedd eraill ar draws y map gynifer â hyn o weithiau, i weld beth a wnâi siawns yn unig. Mae mwy ohonynt yn penderfynu’n fanylach; mae’r un hedyn yn rhoi’r un ateb eto.
term-fdr = Canfyddiadau a all fod yn siawns
explain-fdr = Lle profir cannoedd o ardaloedd, mae rhai’n sefyll allan drwy siawns. Gyda chyfradd canfyddiadau ffug o 5%, disgwylir bod tua 5 o bob 100 o’r ardaloedd a nodir felly.
term-group = Grŵp
explain-group = Ardaloedd ochr yn ochr sydd, bob un gyda’i hardaloedd cyfagos, yn uwch (neu’n is) nag y byddai siawns yn ei esbonio. Nid oes rhaid i ardal ynddo fod yn uchel ynddi’i hun.
term-pocket = Poced
explain-pocket = Ardal sy’n sefyll allan ar ei phen ei hun: uchel ymhlith ardaloedd cyfagos isel, neu isel ymhlith rhai uchel, neu heb fod mewn grŵp gydag eraill. Mae cyfartaleddau ardaloedd mwy yn ei chuddio.
term-deprivation-measures = Ehangder a chrynodiad lleol
explain-deprivation-measures = Mae cyfartaleddau’n cuddio pocedi: mae ehangder yn dweud faint o bobl sy’n byw mewn ardaloedd bach difreintiedig iawn, a chrynodiad lleol pa mor ddifreintiedig yw’r gwaethaf ohonynt. O’u darllen wrth ochr y cyfartaledd, maent yn dangos a yw amddifadedd ar wasgar neu wedi’i grynhoi mewn ychydig o leoedd.
term-target = Targed
explain-target = Yr hyn y mae cyhoeddwr yr atlas hwn am i’r ardal ei gyrraedd yn y cyfnod hwn.
term-edition = Argraffiad
explain-edition = Un cyflwr cyhoeddedig o’r atlas hwn, wedi’i enwi yn ôl ei gynnwys. Mae dolen sy’n cadw at argraffiad yn dangos yr un ffigurau am byth.

## The page: copied, shared and printed

subject = { $indicator }, { $period }
copy = Copïo
copy-sentence = Copïo’r frawddeg
copy-table = Copïo’r tabl
copy-picture = Copïo fel llun
copied = Copïwyd, gyda’i ffynhonnell.
copy-refused = Ni adawodd eich porwr i hwn fynd i’r clipfwrdd.
save-file = Ei gadw fel ffeil
source-line = Ffynhonnell: { $source }
source-of = { $indicator }: { $source }
share = Rhannu
print = Argraffu
share-which = Pa ffigurau
share-newest = Gyda’r ffigurau diweddaraf, pryd bynnag y caiff ei hagor
share-pinned = Gyda’r ffigurau hyn am byth: yr argraffiad dyddiedig { $built }
share-link = Dolen i’r olwg hon
share-cite = I’w dyfynnu
share-embed = Yn eich tudalen eich hun
share-download = I’w lawrlwytho
embed-fills = Mor llydan â’i le
embed-width = Lled mewn picseli
embed-height = Uchder mewn picseli
embed-open = Caiff darllenwyr newid
embed-code = HTML ar gyfer eich tudalen
lock-indicator = dangosydd
lock-geography = math o ardal
lock-within = { $area }
lock-period = cyfnod
lock-areas = ardaloedd a ddewiswyd
lock-legend = allwedd
lock-mode = ffordd o ddangos
lock-at = rhan o’r map
download-csv = Y tabl fel CSV, gyda’r union ffigurau
download-csv-all = Pob cyfnod fel CSV
download-geojson = Yr ardaloedd gyda’u ffigurau fel GeoJSON
table-page = Y tabl fel tudalen
rows-printed = Y rhai cyntaf: { $shown } o { $n }; mae’r cyfan yma: { $address }
field-copied = Copïwyd.
field-refused = Ni adawodd eich porwr i hwn fynd i’r clipfwrdd. Mae wedi’i ddewis: copïwch ef â llaw.
citation = { $atlas }: { $subject }.{ $source } Argraffiad { $edition }, dyddiedig { $built }. { $address } (darllenwyd { $today })
copied-from = { $atlas }, argraffiad { $edition }, dyddiedig { $built }: { $address }

## The page: what is not as asked for

shown-elsewhere = Ni chyhoeddir { $indicator } ar gyfer { $wanted }; fe’i dangosir ar gyfer { $shown }.
not-in-atlas = Nid yw “{ $id }” yn yr atlas hwn; dangosir { $indicator }.
not-a-geography = Nid yw “{ $id }” yn un o ddaearyddiaethau’r atlas hwn; dangosir { $areas }.
not-limited = Ni ellir dangos { $areas } o fewn { $geography } yn unig; dangosir y cyfan.
not-among = Heb fod ymhlith { $areas } yr argraffiad hwn, felly fe’u gadawyd allan: { $codes }.
no-places = Nid oes lleoedd o’r enw “{ $id }” yn yr atlas hwn.
area-left-out = Nid oes daearyddiaeth o’r enw { $geography } yn yr atlas hwn; gadawyd { $code } allan.
edition-pinned = Mae’r ddolen hon yn cadw at argraffiad { $id }, dyddiedig { $built }.
edition-moved = Cyhoeddwyd ffigurau mwy diweddar.
show-newest = Dangos y diweddaraf
edition-not-held = Ni chedwir argraffiad { $id } yma, felly dangosir y diweddaraf.
edition-withdrawn = Mae’r argraffiad yr oeddech yn ei ddarllen wedi’i dynnu’n ôl. Bydd rhoi cynnig arall arni yn agor y diweddaraf.
map-elsewhere = Mae’r ddolen yn pwyntio at le y tu allan i’r atlas hwn; dangosir y cyfan ohono.
link-unknown = Nid yw “{ $name }” yn rhywbeth y gall dolen ei ddweud yma, felly fe’i gadawyd allan.
link-repeated = Mae’r ddolen yn dweud “{ $name }” fwy nag unwaith; cymerwyd y cyntaf.
link-unread = Ni ellid darllen “{ $name }” yn y ddolen hon ({ $text }), felly fe’i gadawyd allan.

## The page: what went wrong

not-shown = Ni ellid dangos { $what }.
still-shown = Yr hyn a welwch o hyd yw { $what }.
still-works = Gellir dal i ddewis dangosydd, cyfnod neu le arall.
no-indicators = Nid oes dangosyddion yn yr atlas hwn eto.
no-geographies = Nid oes daearyddiaethau yn yr atlas hwn eto.
no-values = Nid oes gan y gweinydd werthoedd ar gyfer { $indicator } ({ $period }).
not-reached = Ni ellid cyrraedd y gweinydd.
needs-server = Gwnaed y copi hwn o’r atlas o ffeiliau plaen, a byddai’n rhaid i weinydd gyfrifo hyn.
withdrawn = Tynnwyd yr argraffiad hwn yn ôl: { $reason }
cut-short = Torrwyd ateb y gweinydd yn fyr.
answered-with = Atebodd y gweinydd gyda’r statws { $status }.
went-wrong = Aeth rhywbeth o’i le.
