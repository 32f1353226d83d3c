tip-daily-posture = Change how you sit
    .how =
        Let your shoulders drop. Lift the screen to eye height. Bring the phone up to your face.
        Stand up and walk a few steps.
    .dose = Change position every 30 minutes, all through the day.
    .why =
        No one position is best, and the link to pain is weak.
        Changing often is just more comfortable.
    .stop = Leave any position that makes it worse.
    .not = Not a reason to sit stiff and straight. Skip what hurts.
    .line = Shoulders down, screen up, and a new position often.
