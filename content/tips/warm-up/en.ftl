tip-warm-up = Start slow
    .how =
        Walk or jog slowly at first. Swing your arms and roll your shoulders.
        Turn gently left and right.
    .dose = Five to ten minutes, then pick up speed.
    .why =
        The first mile often feels better for it.
        Research on warm-ups and injury is mixed, and none of it is about upper backs.
    .stop = Leave out a move that hurts. Go home if the pain grows.
    .not =
        A warm-up does not make a painful run a good idea. At 5 or more, take the day off.
        Do not run with a fever. Not with any numbness or weakness.
    .line = An easy jog and some arm swings before you speed up.
