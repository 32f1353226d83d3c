# /start, settings, pause, plan, privacy, help.

start-title = Hi, I'm Aftermile.
start-what = After a run I ask how your upper back feels. I answer with one tip that fits. I tell you plainly when to see a doctor.
start-adult = Are you 18 or older?
key-adult = Yes, I'm 18 or older
key-minor = No
underage = I'm for adults only, and I keep nothing about you. If something hurts, tell someone you trust.
underage-doctor = /doctor shows whom to call.

consent-title = Before we start
consent-not-device = I give general information. I'm not a medical device and I don't name illnesses.
consent-may-miss = I may miss serious problems. In an emergency call your local number.
consent-nobody = Nobody reads this chat unless you set it up. By default: nobody.
consent-store = I keep your answers and signs, your runs and settings. They help a tip to fit, and they are stored sealed.
consent-cloud = Telegram itself can see bot chats. They are not end-to-end encrypted.
consent-leave = /export gives you all of it. /forget deletes all of it.
consent-question = May I store your answers?
key-agree = Yes, store my answers
key-decline = No, thanks
consent-kept = Thank you. I keep your OK with today's date.
declined = All right. I store no answers.
declined-works = /stretch, /doctor and the signs button work all the same. /start if you change your mind.

place-title = Where are you?
place-why = It sets your local time and emergency number. Type your city, or pick one below.
place-share = You can also share your location. I only keep the city.
key-share-location = Share my location
place-found = Which one do you mean?
place-listed = Or pick the one on your clock:
place-confirm = It is { $time } in { $city }, { $country }. Is that right?
place-number = Emergency number: { $number }
place-number-unknown = I have no number for { $country } yet. Look it up and save it.
key-place-yes = Yes, that's right
key-place-again = Another city
key-place-country = Another country
place-kept = Done. Your time is now { $city } time. Emergency number: { $number }
place-moved =
    { $moved ->
        [one] One check-in moved with you.
       *[other] { $moved } check-ins moved with you.
    }

place-nhs =
    In the UK the NHS lists pain between your shoulders as urgent.
    It says: ask for an urgent GP appointment or call 111.

first-run = Just ran?
first-run-why = Then I can ask right away.
key-ran-now = Yes, just now
key-ran-earlier = Yes, earlier
key-not-ran = Not today
preview-title = Here is what I'll ask, and when
preview-run = Tell me when you ran: /run
preview-soon = About { $minutes } minutes later I ask how your upper back feels.
preview-morning = Next morning at { $time } I ask once more, and whether the tip helped.
preview-quiet = From { $from } to { $to } I stay silent.
preview-no-quiet = You have no quiet hours.
preview-days = Fixed running days? /plan saves you the logging.
welcome-back = Good to see you.
welcome-next = Next check-in: { $time }
welcome-none = Nothing is planned. Ran today? /run

settings-title = Your settings
settings-first = First question: { $minutes } minutes after a run
settings-morning = Morning question: { $time }
settings-quiet = Quiet hours: { $from } to { $to }
settings-no-quiet = Quiet hours: none
settings-reminder-on = Reminder: one, if you don't answer
settings-reminder-off = Reminder: off
settings-summary-on = Weekly summary: Sunday evening, without a sound
settings-summary-off = Weekly summary: off
settings-place = Place: { $city }, { $country }
settings-language = Language: English
settings-paused = Paused until { $time }
settings-paused-open = Paused until you're back
key-set-first = First question
key-set-morning = Morning question
key-set-quiet = Quiet hours
key-set-reminder-on = Turn the reminder on
key-set-reminder-off = Turn the reminder off
key-set-summary-on = Send the weekly summary
key-set-summary-off = Stop the weekly summary
key-set-place = City and country
key-set-profile = Safety profile
key-set-plan = Running days
key-set-pause = Pause
key-settings = All settings
choice-first = How long after a run should I ask?
choice-morning = When should I ask in the morning?
choice-quiet = When should I stay silent?
choice-minutes = { $minutes } min
choice-no-quiet = Never silent

pause-question = How long shall I stay silent? Questions about open signs still come.
key-pause-day = 1 day
key-pause-week = 1 week
key-pause-open = Until I'm back
paused-until = Silent until { $time }. Rest well. /resume ends it.
paused-open = Silent until you're back. /resume wakes me.
resumed = I'm back. Tell me when you run: /run
key-resume = I'm back

forget-question = Delete everything I know about you? This can't be undone.
key-forget-yes = Delete everything
key-forget-no = Keep it
forgotten = Everything is gone.
forgotten-receipt =
    { $records ->
        [0] I had no records about you. { $time }
        [one] Receipt: 1 record deleted, { $time }
       *[other] Receipt: { $records } records deleted, { $time }
    }
forgotten-again = /start if you want to come back.

help-title = What I can do
help-run = /run: tell me about a run
help-checkin = /checkin: check in now
help-stretch = /stretch: a short guided set
help-doctor = /doctor: when to see whom
help-tips = /tips: all tips by topic
help-history = /history: your pain and runs as a picture
help-plan = /plan: what comes next
help-settings = /settings: times, quiet hours, place
help-more = Also: /why /undo /pause /resume /cancel /export /forget /privacy
help-typing = You can type too: “7”, “about a 4”, “2 hours ago”.
help-not = General information, not a medical device. It does not replace a doctor.

privacy-title = Privacy
privacy-what = I keep your answers, runs and settings. Also your city and country and the tips I gave.
privacy-sealed = Health answers are sealed before they are stored.
privacy-who = Nobody reads them unless you set it up. The operator of this bot holds the database.
privacy-text = I read what you type for signs, then drop it. I keep taps, numbers and signs. I don't keep your words.
privacy-telegram = Telegram can see bot chats.
privacy-out = /export gives you everything. /forget deletes everything.

private-only = I work in private chats only. Open a chat with me to start.
nothing-to-cancel = There is nothing to cancel.
cancelled = Cancelled.
rating-kept = Your pain rating stands. “Back” or /undo changes it.
nothing-to-undo = There is nothing I can take back.
needs-consent = For that I need your OK first: /start
kept = Nothing was deleted. I keep everything as it was.
apology = Sorry, something broke on my side. Please try that again.

toast-already = That one is answered already.
toast-closed = This one is closed.
toast-not-yours = That button belongs to someone else.
toast-old-button = That button is from an earlier time. Nothing changed.
toast-safety-first = First the question about your signs, please.
toast-noted = Noted.
toast-needs-consent = For that I need your OK first: /start

bot-description = After a run I ask how your upper back feels. I give one tip that fits. I say plainly when to see a doctor. General information for adult runners, not a medical device.
bot-short-description = Check-ins and tips for runners' upper backs.
command-run = Tell me about a run
command-checkin = Check in now
command-stretch = A short guided set
command-doctor = When to see whom
command-tips = All tips by topic
command-history = Your pain and runs, drawn
command-plan = What comes next
command-settings = Times, quiet hours, place
