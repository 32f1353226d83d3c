tip-core-strength = A steady middle
    .how =
        Do a plank, then a side plank on each side. Add Russian twists only if you like them.
        Breathe all the way through.
    .dose = Three rounds of 15 to 20 seconds each. Two or three days a week.
    .why =
        A steady middle may help you stay tall late in a run.
        Trials of such plans did not clearly cut running injuries. None looked at upper backs.
    .stop = Stop at sharp pain or if you feel dizzy. For numbness, get help the same day.
    .not =
        Not in the first three days of pain. Not while pain is 5 or more.
        Not in pregnancy, with fragile bones or after cancer. Ask your doctor first.
        Not with any numbness or weakness.
        Not with a fever or after a knock to the spine.
    .line = Planks and side planks, a few minutes a week.
