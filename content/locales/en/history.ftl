# /history and the weekly summary: the picture, and what it says in words.
#
# chart-*  stands on the picture; a row's label has 60 units, about 10 letters.
# part-*   a piece of a line: several are joined by commas.
# brief-*  the same for a line about a week or more, of which up to eight share a caption.

history-title = Your last { $days } days
history-short = In short: { $parts }.
history-empty = Nothing in these days. After a run, your pain and your runs show up here.
history-line = { $day }: { $parts }
history-more = Earlier days are on the picture. /export has all.
key-history-7 = Week
key-history-30 = Month
key-history-90 = 3 months

weekly-title = Your week
weekly-sentence = Monday to Sunday: { $parts }.
weekly-more = /history has more. /settings turns this off.

part-runs =
    { $runs ->
        [0] no runs
        [one] 1 run
       *[other] { $runs } runs
    }
part-runs-of =
    { $runs ->
        [one] 1 run ({ $amount })
       *[other] { $runs } runs ({ $amount })
    }
part-longest =
    { $runs ->
        [one] one longer than any of the 30 days before
       *[other] { $runs } longer than any of the 30 days before
    }
part-after = pain { $pain } after a run
part-morning = pain { $pain } next morning
part-between = pain { $pain } at another time
part-range = { $low } to { $high }
part-no-ratings = no pain answers
part-missed =
    { $count ->
        [one] 1 question without an answer
       *[other] { $count } questions without an answer
    }
part-tips =
    { $count ->
        [one] 1 tip
       *[other] { $count } tips
    }
part-sign = sign: { $signs }
part-signs =
    { $count ->
        [one] 1 time with a sign
       *[other] { $count } times with a sign
    }
part-paused = paused
brief-longest =
    { $runs ->
        [one] 1 longer than before
       *[other] { $runs } longer than before
    }
brief-after = after runs { $pain }
brief-morning = mornings { $pain }
brief-between = other times { $pain }
brief-missed = { $count } unanswered
brief-signs = { $count } with a sign
brief-tips = { part-tips }
brief-paused = { part-paused }
part-km = { $km } km
part-min = { $minutes } min

chart-days = { $first }–{ $last }
chart-months = { $first } – { $last }
chart-title = Upper back pain
chart-worst = worst
chart-no-pain = no pain
chart-after = after a run
chart-morning = next morning
chart-between = another time
chart-sign = sign
chart-missed = no answer
chart-tip = tip
chart-paused = paused
chart-runs = runs
chart-longest = longer than any run of the 30 days before
chart-by-time = by time, as no distance is known
chart-nothing = Nothing in these days
chart-nothing-one = After a run, your pain
chart-nothing-two = and your runs show up here.
