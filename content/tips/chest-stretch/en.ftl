tip-chest-stretch = Doorway stretch
    .how =
        Stand in a doorway. Put your lower arms on the frame, elbows at shoulder height.
        Step one foot through until you feel a mild pull in front.
    .dose = Hold for 20 to 30 seconds, twice. Once or twice a day.
    .why =
        It opens the front after a hunched day. It may feel good.
        No trial has tested it for upper backs in runners.
    .stop = Stop if it turns sharp, or an arm tingles. A pull is fine, pain is not.
    .not =
        Not with fragile bones or after cancer. Not after a shoulder came out of joint.
        Not with any numbness or weakness.
        Not with a fever or after a knock to the spine.
        Not when the pain spreads into an arm.
    .line = Step into a doorway and open the front.
