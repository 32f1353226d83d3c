# /why and `aftermile explain`: which answers and rules led to a decision.

why-title = What led to my last answer
why-when = It was { $time }.
why-said = You said
why-wrote = What I took from your words
why-wrote-note = I read what you type and drop it. So I can't show your words.
why-counted = What counted
why-rule = { $findings }: { $means }
why-rule-lost = A rule I no longer have
why-no-rule = No rule of mine sent you to a doctor.
why-more =
    { $count ->
        [one] and one more
       *[other] and { $count } more
    }
why-means-emergency = call for help now
why-means-urgent = see a doctor today
why-means-routine = see a doctor or physio in the next days
why-means-self_care = care at home
why-answer = So my answer was: { $means }.
why-mistaken = You told me later that this was a mistake.
why-unreviewed =
    { $rules ->
        [one] No clinician has reviewed this rule yet.
       *[other] No clinician has reviewed these rules yet.
    }
why-some-reviewed = A clinician has reviewed { $reviewed } of these { $rules } rules.
why-reviewed =
    { $rules ->
        [one] A clinician has reviewed this rule.
       *[other] A clinician has reviewed these rules.
    }
why-can-miss = My rules can miss something. If you are unsure, call someone who can look.
why-tip = Why this tip: { $tip }
why-tip-pain = It is for pain from { $low } to { $high }. You said { $rating }.
why-tip-no-pain = It is for days without pain.
why-tip-place = It is for this place: { $place }
why-tip-contributor = It goes with your day: { $contributor }
why-tip-acute = It is made for new or stronger pain.
why-tip-settling = Your pain was past its first days.
why-tip-helped = It helped you before.
why-tip-gone = A tip I no longer have
why-tips-off = I leave the tip out for now, since tips are off.
why-sources = Where the rules come from
why-version = Version of my rules: { $hash }
why-changed = My rules have changed since then. You see them as they were.
why-changed-lost = My rules have changed since then, and I did not keep the old ones.
key-why-earlier = The answer before: { $time }
why-nothing = I have not decided anything for you yet.
why-nothing-next = After your first check-in, /why tells you what led to my answer.
