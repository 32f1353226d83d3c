tip-running-form = How you run
    .how =
        Run tall, with a small lean from the ankles. Take slightly shorter, quicker steps.
        Ask a coach to watch you run.
    .dose = Try 5 in 100 more steps a minute, for five minutes of an easy run.
    .why =
        Leaning far forward and very long steps may load the back.
        The research is thin and was done on knees. See it as a small test of your own.
    .stop = Go back to your own way if it feels wrong or hurts.
    .not = Not while you are in pain. Let it settle first, then try.
    .line = Leaning far forward or taking very long steps may play a part.
