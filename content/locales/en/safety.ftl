# Signs, escalations and follow-ups. Action first, one action a line.

emergency-call = Call { $number } now.
emergency-call-unknown = Call your local emergency number now.
emergency-elsewhere = Not in { $country } now? Call the local number: { $numbers }.
emergency-stop = Stop and sit or lie down.
emergency-drive = Do not drive yourself.
emergency-together = Ask someone to stay with you.
emergency-told-nobody = Nobody else was told.
emergency-which = Which one is it? It helps the people who look after you.
emergency-tell = Tell them: “{ $words }”
without-record = I keep nothing about this. So I can't follow up.

urgent-see = See a doctor today.
urgent-line = Call for advice: { $number }
urgent-no-line = Call your doctor's office now. Ask to be seen today.
urgent-closed = No one free? Go to an urgent care clinic or emergency room.
urgent-worse = If it gets worse, call { $number }.
urgent-say = Say: “{ $words }”
urgent-say-run = It came with upper back pain after running.
urgent-no-run = No running until you have been seen.
urgent-follow-up = I'll ask tomorrow morning whether you were seen.

self-harm-glad = I'm really glad you told me. Please don't stay alone with this.
self-harm-call = Call { $number } now and talk to someone.
self-harm-web = Find someone to talk to now:
self-harm-danger = If you may act on it, call { $number }.
self-harm-together = Ask someone you trust to be with you.
self-harm-passes = You matter. Thoughts like these can pass, and people will help.

someone-else-stay = Stay with the person. Do what the operator says.
someone-else-breath = Not waking up, or not breathing as usual? Tell the operator at once.

key-mistake = I tapped that by mistake
key-misread = That is not what I meant
key-it-is-me = It is about me
key-another-country = Another country
key-mistake-yes = Yes, I have none of these
key-mistake-no = No, I do have one
key-on-the-way = On the way, or with them
key-not-yet = Not yet
key-checked = A doctor or ambulance crew checked me
key-seen = I was seen
key-unseen = Not yet
key-gone = It's gone
key-still-gone = Yes, still gone
key-back-again = It's back
key-summary = Make my summary

mistake-misread = Did I read you wrong?
key-mistake-misread = Yes, you read me wrong
mistake-question = Was it a mistake?
mistake-look = Please read the list once more:

reached-question = Have you reached help?
seen-question = Were you seen?
seen-question-why = I'll keep exercises and tips back until then.
still-gone-question = Is it still gone?

reply-way = Good. Stay with them. Tell them what you felt.
reply-not = Please call now. Every minute can count.
reply-unseen = Please let a doctor look today. I'll keep tips back until then.
reply-cleared = Glad you were checked. Follow what they told you.
reply-cleared-next = Your check-ins go on as before. Run again when they say so.
reply-lowered = Good that it eased. It still needs a doctor today.
reply-lowered-tips = I'll keep tips off for 7 days. I'll ask again in 24 hours.
reply-gone = Good to hear. Your check-ins go on.
reply-too_soon = Good that it eased. I'll ask again once it has been gone for 24 hours.
reply-back = Then please get help as I said before.
reply-mistake = Noted as a mistake. Both answers stay in your record.
reply-stands = Then please do as I said.

lock-emergency = An emergency answer is still open.
lock-urgent = A same-day answer is still open.
lock-why = Until you were seen I keep tips, exercises and check-ins back.
lock-what = What is it now?

number-of = { $country }: call { $number } in an emergency.
country-emergency = Which country are you in now? Type its name.
country-place = Which country should I use for emergency numbers? Type its name.
country-unknown = I don't know that country. Please type it once more.
country-anywhere = In many places { $numbers } work.

offer-text = I can't read that yet.
offer-text-what = Need something? /help lists what I can do.
offer-out_of_range = Please give a whole number from 0 to 10.
offer-media = I can't open this.
offer-edited = I can't change answers when you edit a message. /undo takes the last one back.
offer-stranger = Hello. /start sets me up for you.
offer-time = I couldn't read a time in that. Try “18:30”, “2 hours ago” or “yesterday evening”.
offer-later_than_now = That time is still to come. When did the run end?
offer-city = I don't know that city. Try a bigger one nearby, or type the country too.
offer-signs = If something is wrong, tap here:
offer-number = In an emergency call { $number }.

signs-emergency-question = Do any of these fit, now or since your last run?
signs-same-day-question = And any of these?
signs-none = Good to know you checked.
signs-none-why = If it gets worse or you are unsure, call someone who can look.

doctor-title = When to see whom
doctor-emergency = Emergency signs: call { $number } now.
doctor-urgent-line = Needs a look today: call { $number }.
doctor-urgent = Needs a look today: call your doctor's office or an urgent care clinic.
doctor-routine = See a doctor or physio within days if one of these fits:
doctor-reason-severe = • pain of 7 or more
doctor-reason-lasting = • pain that lasts for 2 weeks or keeps coming back
doctor-reason-home = • rest and tips do not help
doctor-reason-daily = • it stops you doing everyday things
doctor-reason-numb = Numb, tingling or weak somewhere? Be seen today.
doctor-crisis = Thoughts of hurting yourself? Call { $number }, any time.
doctor-crisis-web = Thoughts of hurting yourself? findahelpline.com lists people to call.
doctor-numbers-date = Numbers last checked { $date }. Not every one was confirmed.
