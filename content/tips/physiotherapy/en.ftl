tip-physiotherapy = See a physio
    .how =
        Book a visit. Say when it hurts, what eases it and what you have tried.
        Ask for a plan made for you.
    .dose = One visit to start. They will say what comes next.
    .why =
        A physio can look for the cause and plan with you.
        That can be moves, stretches and hands-on care. Guides for low backs pair the two.
        There is less research on upper backs.
    .stop = Tell them at once if a move brings sharp pain, numbness or tingling.
    .not = Not in place of emergency or same-day help. Check the signs in /doctor first.
    .line = Someone to look for the cause and plan with you.
