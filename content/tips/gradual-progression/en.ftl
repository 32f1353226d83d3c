tip-gradual-progression = Build up in small steps
    .how =
        Look up your longest run of the last 30 days. Go at most one tenth further next time.
        After 10 km, that is 11 km.
    .dose = Check it before every longer run.
    .why =
        One study followed 5,205 runners. Going further came with 1.5 to 1.6 times as many injuries.
        Going more than twice as far came with more than twice as many.
        It counted injuries of any kind, not backs alone.
    .stop = Cut the run short if pain grows.
    .not =
        Do not build up while pain is 5 or more. Not while it gets worse either.
        Do not run with a fever.
    .line = Keep a run within a tenth of your longest lately.
