tip-thoracic-extension = Lean back over a chair
    .how =
        Sit on a firm chair with a low back rest. Support your head with your hands.
        Lean your upper back gently over the edge. Stay a moment, then come back up.
    .dose = Eight slow times, three seconds each. Once or twice a day.
    .why =
        It moves the part that gets stiff when you hunch, and it may help.
        No trial has tested it for upper backs in runners.
    .stop = Stop if you feel dizzy, or if it turns sharp or spreads.
    .not =
        Not with fragile bones or after cancer.
        Not if looking up makes you dizzy.
        Not with any numbness or weakness.
        Not with a fever or after a knock to the spine.
    .line = A slow lean over the back rest, eight times.
