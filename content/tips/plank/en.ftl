tip-plank = Plank
    .how =
        Rest on your lower arms and toes. Make one straight line from head to heels.
        Breathe. Put your knees down if it is too hard.
    .dose = Hold for 15 to 20 seconds, three times. Two or three days a week.
    .why =
        It builds a steady middle, which may help late in a run.
        Trials did not clearly show fewer injuries. None looked at upper backs.
    .stop = Stop if your back sags or it turns sharp.
    .not =
        Not in the first three days of pain. Not while pain is 5 or more.
        Not in pregnancy, with fragile bones or after cancer.
        Not with any numbness or weakness.
        Not with a fever or after a knock to the spine.
    .line = Hold a straight line for 15 to 20 seconds.
