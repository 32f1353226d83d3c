tip-side-plank = Side plank
    .how =
        Lie on one side and prop up on your lower arm. Lift your hips into a straight line.
        Breathe, then swap sides. Bend your knees if it is too hard.
    .dose = Hold for 15 to 20 seconds, twice a side. Two or three days a week.
    .why =
        It builds the side of your middle, which may help you run tall.
        Trials did not clearly show fewer injuries. None looked at upper backs.
    .stop = Stop if your hips sink or it turns sharp. Stop if the shoulder hurts.
    .not =
        Not in the first three days of pain. Not while pain is 5 or more.
        Not in pregnancy, with fragile bones or after cancer.
        Not with any numbness or weakness.
        Not with a fever or after a knock to the spine.
    .line = A straight line on one lower arm, then swap.
