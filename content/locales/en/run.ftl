# Logging a run, and the reports.

run-when = When did your run end?
run-when-type = You can also type it, like “18:30” or “2 hours ago”.
run-earlier = About how long ago?
run-yesterday = About when yesterday?
key-run-now = Just finished
key-run-earlier = Earlier today
key-run-yesterday = Yesterday
key-run-typed = I'll type it
run-typed = Type when it ended. “18:30”, “half past six” or “yesterday 7pm” all work.
key-hours-ago =
    { $hours ->
        [one] 1 hour ago
       *[other] { $hours } hours ago
    }
key-yesterday-7 = Early morning
key-yesterday-10 = Morning
key-yesterday-13 = Midday
key-yesterday-16 = Afternoon
key-yesterday-19 = Evening
key-yesterday-22 = Late evening

run-logged = Run noted, ended { $time }.
run-distance = Distance: { $km } km
run-duration = Time: { $minutes } min
run-soon = I'll ask { $time }.
run-soon-now = I'll ask in a moment.
run-morning = And once more { $time }.
run-quiet = The first question would fall in your quiet hours, so I leave it out.
run-past = That was too long ago for a first question.
run-only-recorded = I keep it in your record. It is too long ago for a check-in.
run-locked = I keep it in your record. No check-ins while a warning sign is open.
run-paused = You paused me, so I won't ask before you're back.
key-ask-now = Ask me now
key-run-undo = Undo
key-run-distance = + Distance
key-run-duration = + Time
run-which-distance = How far?
run-which-duration = How long?
key-km = { $km } km
key-minutes = { $minutes } min
load-note =
    { $measure ->
        [km] That is { $percent } % further than your longest run of the 30 days before.
       *[min] That is { $percent } % longer than your longest run of the 30 days before.
    }
load-odds =
    One study followed 5,205 runners. After a run like that, injuries came { $times } times as often.
load-most = Most runs like that led to no injury. It counted any injury, not backs alone.
run-undone = Taken back: the run that ended { $time }.
run-undone-check-ins = Its check-ins won't come.

plan-title = What I'll ask next week
plan-none = Nothing is planned. Log a run with /run, or set running days below.
plan-locked = None of this comes while a warning sign is open.
plan-line-soon_after = { $time } · after your run
plan-line-morning = { $time } · morning question
plan-line-planned = { $time } · running day
plan-line-asked = { $time } · check-in
plan-line-signs = { $time } · check-in
plan-line-screen = { $time } · check-in
plan-line-read = { $time } · check-in
plan-days = Running days: { $days }, done by { $time }
plan-no-days = No fixed running days.
key-plan-edit = Running days
key-travelling = Travelling?
plan-edit-title = On which days do you run?
plan-edit-finish = And when are you usually done? { $time } is set.
key-plan-save = Save
plan-offer = Do you run on fixed days?
plan-offer-why = Then I can ask on those days without you logging anything.
key-plan-offer-yes = Set my days
key-plan-offer-no = No fixed days

summary-title = Summary for your doctor
summary-period-2w = Last 2 weeks, as answered in this chat
summary-period-6w = Last 6 weeks, as answered in this chat
summary-period-all = Since { $since }, as answered in this chat
summary-pain =
    { $answered ->
        [one] Upper back pain (0-10): { $pain }, from 1 answer
       *[other] Upper back pain (0-10): { $pain }, from { $answered } answers
    }
summary-no-pain = No pain ratings in this time.
summary-signs = Warning signs: { $signs }
summary-no-signs = Warning signs: none
summary-runs = Runs logged: { $runs }
summary-tips = Tips shown: { $tips }
summary-no-tips = Tips shown: none
summary-effect-helped = helped
summary-effect-same = no change
summary-effect-worse = made it worse
summary-effect-not_tried = not tried
summary-effect-open = no answer yet
summary-effect-unwanted = not wanted
summary-urgent =
    { $count ->
        [0] Same-day or emergency advice: never
        [one] Same-day or emergency advice: once
       *[other] Same-day or emergency advice: { $count } times
    }
summary-note = General information from a check-in bot. No clinician has looked at it.
summary-look = The page holds your answers and your safety profile. Read it before you send it on.
summary-self-harm = It also tells of your thoughts of self-harm.
key-summary-2w = 2 weeks
key-summary-6w = 6 weeks
key-summary-all = All
export-caption = { $name }
