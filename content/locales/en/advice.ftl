# Tips after a check-in, /tips, /stretch and the safety profile.

advice-routine = Please see a doctor or physio in the next days.
advice-routine-firm = Please book a doctor or physio now. Do not put it off.
advice-seen = You told me that you have seen someone. Good.
advice-booked = You told me that you have an appointment. Good.
advice-because = Because: { $reason }
advice-how = How
advice-dose = How much
advice-why = Why
advice-stop = When to stop
advice-not = Take care
advice-source = Source: { $source }
advice-none = I have no tip that fits right now. Rest it, and keep moving gently if that feels good.
advice-no-more = That was all I have for today.
advice-outside = This is away from the upper back, so I keep to general care.
advice-held-back = One question first, then my tip.
prevention-title = A tip for days without pain

key-show-me = Show me
key-both-positions = Both positions
key-in-motion = In motion
key-another-tip = Another tip
key-not-for-me = Not for me
key-has-seen = I have seen someone
key-has-booked = I have an appointment
tip-aside = Noted. I won't suggest “{ $tip }” again.

tips-off = An emergency sign eased by itself. So I keep tips and exercises off until { $time }.

tips-title = Tips
tips-intro = Where would you like to look?
tips-before = Before it hurts
tips-hurts = When it hurts
tips-why = What may add to it
tips-left-out = Some are left out, going by your answers.
tips-barred = Not for you right now, going by your answers. A doctor or physio can tell you more.
key-tips-back = All tips

reasons-question = Does one of these fit you?
reasons-unkept = I don't keep your answer. Pee as dark as cola is an emergency sign.
key-reasons-none = None of these
key-reasons-some = One or more
key-reasons-unsaid = Prefer not to say

screening-title = First a quick look
screening-emergency = Emergency signs
screening-same-day = Same-day signs
screening-question = Do any of these fit you now?
key-screen-none = None of these
key-screen-emergency = One of the emergency signs
key-screen-same-day = One of the same-day signs

profile-title = One thing before my first tip
profile-settings = Your safety profile
profile-question = Does any of this fit you? Some tips are not for everyone.
profile-age = Your age helps too.
profile-unsaid = You may keep it to yourself. Then I leave those tips out.
key-profile-none = None of these
key-profile-done = Done
key-profile-unsaid = Prefer not to say
profile-kept = Thanks. I'll only pick tips that fit. /settings changes this.

stretch-title = Movement { $number } of { $total }
key-next = Next
key-finish = Finish
key-stop-stretch = Stop
stretch-over = Well done. How was that?
key-stretch-good = Felt good
key-stretch-sore = A bit sore
stretch-stopped = Stopped. Any movement counts.
stretch-good = Lovely. Come back to it any time: /stretch
stretch-sore = Thanks for telling me. Go easier next time, and skip what pulls.
stretch-not-today = No exercises today. Give your back a rest, and ask me again tomorrow.
stretch-after-a-sign = You told me about a warning sign this week. To be safe, let's skip exercises for 7 days after it. Rest counts too. Does something feel wrong now? Tap below.
stretch-nothing = No movement in my set fits your profile. A physio can find ones that do.
