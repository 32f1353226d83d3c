tip-shoulder-rolls = Shoulder rolls
    .how =
        Let your arms hang. Lift your shoulders, roll them back and let them drop.
        Make slow, big circles.
    .dose = Ten slow rolls, a few times a day.
    .why =
        It loosens tense shoulders and costs nothing. It may help.
        No trial has tested it for upper backs in runners.
    .stop = Stop if it turns sharp, or an arm tingles.
    .not =
        Not with fragile bones or after cancer.
        Not with any numbness or weakness.
        Not with a fever or after a knock to the spine.
    .line = Ten slow circles back, anywhere.
