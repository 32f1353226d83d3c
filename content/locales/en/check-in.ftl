# The check-in: one message, edited from question to question.

check-in-title-soon_after = After your run
check-in-title-morning = Good morning
check-in-title-planned = Your running day
check-in-title-asked = Check-in
check-in-title-signs = Something is wrong
check-in-title-screen = A quick look first
check-in-title-read = One question first
check-in-reminding = Still time for this one. One tap is enough.
check-in-late = A late answer counts, too.
check-in-footer = { $time }, { $city } time

question-nrs = How much pain is in your upper back right now?
question-nrs-scale = 0 is no pain. 10 is the worst you can imagine.
question-em = Do any of these fit, now or since your last run?
question-sd = And any of these?
question-wk = Once a week I ask a little more. Do any of these fit?
question-which = Which one is it?
question-which-why = Pick the closest one, so I can tell you what to do today.
question-reg = Where is it?
region-numbered = { $number } · { $place }
back-map = This is your back, seen from behind. Where does it hurt most?
question-els = Where is it, then?
question-con = What fits today?
question-hlp = Last time I suggested: { $tip }. Did it help?

key-no-pain = 0 · no pain
key-something-wrong = No pain, but something is wrong
key-later = Later
key-skip = Skip
key-no-run = No run today
key-none-of-these = None of these
key-one-or-more = One or more
key-map = Show me a map
key-zone = { $number }
key-back = Back
key-stop = Stop here
key-daily-life-off = It stops me doing everyday things
key-daily-life-on = ✓ It stops me doing everyday things
key-helped = Helped
key-same = No change
key-worse = Worse
key-not-tried = Didn't try
key-answer-late = Answer late
key-signs = Something is wrong

line-nrs = Pain: { $value }
line-nrs-wrong = Pain: 0, but something is wrong
line-em-none = Emergency signs: none
line-em-some = Emergency signs: one or more
line-sd-none = Same-day signs: none
line-sd-some = Same-day signs: one or more
line-wk-none = Slower signs: none
line-wk-some = Slower signs: one or more
line-reg = Where: { $value }
line-con = Today: { $value }
line-day-yes = It stops everyday things
line-hlp = Last tip: { $value }
line-emw = Sign: { $value }
line-sdw = Sign: { $value }
line-wkw = Sign: { $value }

closed-done-zero = Thanks. No pain today.
closed-done-zero-week =
    { $days ->
        [0] That is one more answer for your picture.
        [one] That is one pain-free check-in in the last 7 days.
       *[other] That makes { $days } pain-free check-ins in the last 7 days.
    }
closed-done = Thanks, noted.
closed-stopped = Stopped here. That's fine.
closed-skipped = Skipped. That's fine.
closed-no_run = No run today. Noted.
closed-expired = Closed. That's fine.
closed-left = Closed here.
closed-replaced = Closed, a newer one took its place.
closed-paused = Closed for your pause.
closed-locked = Closed for now. Getting you seen comes first.
closed-undone = Taken back.
closed-quiet_hours = Left out, it fell into your quiet hours.
closed-too_late = Too late for this one. That's fine.
closed-unreachable = This one did not reach you. That's fine.
closed-snoozed = OK. I'll ask again at { $time }.
closed-escalated = Please read the message below.
moved-below = Moved down, see below.

safety-net = Get medical help if it gets worse. Also if you feel numb, weak, feverish or short of breath.
safety-net-doctor = /doctor shows whom to call.

## After something typed that may have meant a sign

question-rd = Do you have any of these, now or in the last days?
question-rd-why = I am not sure I read you right, so I ask.
key-read-yes = Yes, I have this
key-read-over = I had it, but it is over
key-read-no = No
line-rd-yes = { $signs }? Your answer: yes
line-rd-over = { $signs }? Your answer: it is over
line-rd-no = { $signs }? Your answer: no
