tip-scapular-retraction = Draw the shoulder blades back
    .how =
        Sit or stand tall. Draw your shoulder blades back and a little down.
        Hold, then let go. Keep your neck soft.
    .dose = Hold for 5 seconds, ten times. Once or twice a day.
    .why =
        It wakes up the muscles between the shoulder blades, and it may help.
        No trial has tested it for upper backs in runners.
    .stop = Stop if it turns sharp, or an arm tingles.
    .not =
        Not with fragile bones or after cancer.
        Not with any numbness or weakness.
        Not with a fever or after a knock to the spine.
    .line = Blades back, hold for five seconds, let go.
