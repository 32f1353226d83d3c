# The page for a doctor, a PDF: its headings, its labels, and what it says about itself.

page-title = A runner’s upper back pain
page-origin = A runner’s own answers to a chat bot. Nobody has checked them.
page-period = { $from } to { $to }
page-days =
    { $days ->
        [one] { $days } day
       *[other] { $days } days
    }
page-made = Made { $at }, { $city } time
page-name = Name
page-born = Date of birth

page-signs = Warning signs
page-signs-when = When
page-signs-what = What
page-signs-told = The bot said
page-signs-since = Since then
page-signs-none = None in this time.
page-signs-more =
    { $count ->
        [one] { $count } earlier one is left out.
       *[other] { $count } earlier ones are left out.
    }
page-signs-denied =
    { $count ->
        [one] Both lists of signs were answered “none of these” once, on { $last }.
       *[other] Both lists of signs were answered “none of these” { $count } times, last on { $last }.
    }
page-signs-never-denied = Both lists of signs were never answered “none of these”.
page-taken-back =
    { $count ->
        [one] Left out: { $count } sign that the runner called a mistake.
       *[other] Left out: { $count } signs that the runner called mistakes.
    }
page-told-emergency = Call for help now
page-told-urgent = Be seen today
page-told-routine = Be seen within days
page-told-self_care = Care at home
page-since-open = Open, not seen
page-since-way = Open, on the way to help
page-since-open-gone = Open, gone since { $at }
page-since-checked = Doctor or crew checked, { $at }
page-since-seen = Seen, { $at }
page-since-gone = Gone for a day, { $at }
page-since-replaced = Went on as the one of { $at }
page-since-unknown = Not told

page-scores = Pain from 0 to 10
page-scores-when = Asked
page-scores-last = Last
page-scores-week = Mean, last 7 days
page-scores-before = Mean, 7 days before
page-scores-mean = Mean, whole time
page-scores-highest = Highest
page-scores-all = All
page-scores-soon_after = After a run
page-scores-morning = Next morning
page-scores-other = Other times
page-scores-none = No pain ratings in this time.
page-score = { $rating } ({ $at })
page-mean = { $mean } (n = { $count })
page-no-mean = —
page-answered =
    { $asked ->
        [one] { $answered } of 1 check-in was answered.
       *[other] { $answered } of { $asked } check-ins were answered.
    }

page-chart = Pain over time
page-chart-worst = worst
page-chart-none = no pain
page-chart-weeks = Mean of a week; the line goes from its lowest to its highest
page-chart-lane-weeks = { $label }, up to { $most } a week
page-chart-signs = Signs
page-chart-runs = Runs
page-chart-missed = No answer
page-chart-alt-ratings = { $label }: { $count }, from { $low } to { $high }.
page-chart-alt-lane = { $label }: { $count }.

page-facts = Details
page-where = Where:
page-where-one = { $place } { $count }
page-load = May have added to it:
page-daily = Everyday life:
page-daily-stopped =
    { $painful ->
        [one] stopped by pain { $count } of 1 time at pain { $least } or more
       *[other] stopped by pain { $count } of { $painful } times at pain { $least } or more
    }
page-daily-unasked = not asked in this time (only at pain { $least } or more)
page-now = This spell of pain:
page-now-since = since { $from }, { $length }
page-now-none = none now
page-runs = Runs:
page-runs-count =
    { $count ->
        [one] { $count } run
       *[other] { $count } runs
    }
page-runs-far = { $km } km in { $count } of them
page-runs-long = { $time } in { $count } of them
page-runs-longest = longest { $km } km
page-runs-last = last on { $at }
page-hours = { $hours } h { $minutes } min
page-profile = Says of themselves:
page-profile-none = none of { $conditions }
page-profile-unsaid = rather not said
page-profile-unasked = not asked yet
page-profile-age = Age: { $age }
page-profile-ageless = not said
page-nothing = —

page-advice = Told to see a doctor within days
page-advice-why = Because of
page-advice-times = Times
page-advice-last = Last
page-advice-none = Never in this time.
page-advice-more =
    { $count ->
        [one] { $count } more reason is left out.
       *[other] { $count } more reasons are left out.
    }
page-word-seen = Says: seen
page-word-booked = Says: has an appointment
page-decided = What the bot answered:
page-decided-one = { $told } { $count }

page-tips = Tips shown, and “Did it help?”
page-tips-tip = Tip
page-tips-shown = Shown
page-tips-helped = Helped
page-tips-same = No change
page-tips-worse = Worse
page-tips-not_tried = Not tried
page-tips-open = No answer
page-tips-unwanted = { $tip } (not wanted)
page-tips-gone = A tip that is no more
page-tips-none = None in this time.
page-tips-more =
    { $count ->
        [one] { $count } more tip is left out.
       *[other] { $count } more tips are left out.
    }

page-asked = How it asks:
page-asked-says = “{ question-nrs }” { question-nrs-scale } By buttons in a chat: about an hour after a run, and next morning. At any pain it asks for two lists of signs. What is typed is read for signs too.
page-what = What it is:
page-what-says = General information for adult runners. It is not a medical device, and no diagnosis. Nobody watches the chat. It can miss signs, so no sign here does not mean that there was none.
page-unreviewed = No clinician has reviewed its rules, lists or tips.
page-version = Rules { $hash }.
