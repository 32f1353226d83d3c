tip-russian-twist = Russian twist (optional)
    .how =
        Sit with bent knees and heels on the floor. Lean back a little with a long back.
        Turn slowly from left to right. Use no weight.
    .dose = Ten slow turns a side. Two days a week at most.
    .why =
        Some runners like it. You lose nothing if you leave it out.
        No trial has tested it for upper backs in runners.
    .stop = Stop if it turns sharp or your back rounds.
    .not =
        Only on days without pain, or close to it.
        Not in pregnancy, with fragile bones or after cancer.
        Not with any numbness or weakness.
        Not with a fever or after a knock to the spine.
    .line = Slow turns while you sit. Leave it out if unsure.
