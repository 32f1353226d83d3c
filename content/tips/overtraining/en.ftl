tip-overtraining = Too much, too soon
    .how =
        Look back at your last four weeks. Did runs get longer or faster all at once?
        If so, plan an easy week. Sleep and food count too.
    .dose = One easy week, then build up again in small steps.
    .why =
        One study followed 5,205 runners. A run far beyond their longest came with more injuries.
        It looked at injuries of any kind, not at backs alone.
    .stop = Stop a run when pain grows. Cut the next one if the morning after is worse.
    .not = An easy week is not enough if pain keeps you from daily things. See a doctor.
    .line = Too hard or too often, with too little rest between.
