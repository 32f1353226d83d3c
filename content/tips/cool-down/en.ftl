tip-cool-down = Wind down after the run
    .how =
        Walk for a few minutes. Then stretch gently: shoulders, upper back and hips.
        Breathe slowly and do not bounce.
    .dose = Hold each stretch for 20 to 30 seconds, once or twice.
    .why =
        Many runners find it pleasant. It changes next-day soreness by about one point in a hundred.
        It has not been shown to prevent injuries.
    .stop = Ease off at once if a stretch feels sharp or the pain spreads.
    .not =
        Not when pain is sharp or spreads.
        Not with any numbness or weakness.
        Not with a fever or after a knock to the spine.
        Not with fragile bones or after cancer, unless your doctor says yes.
    .line = A short walk and a few gentle stretches.
