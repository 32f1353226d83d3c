tip-relative-rest = A few quiet days
    .how =
        Skip the next run, or walk instead if walking feels fine.
        Keep doing gentle everyday things. Leave out what makes it hurt.
    .dose = One to three days. Run again once it has eased, short and slow.
    .why =
        A short break takes the load off. Long rest in bed does not help backs.
        In one small trial, people with low back pain did well with run and walk.
    .stop = If even walking makes it worse, stop and see a doctor.
    .not =
        Rest alone is not enough if pain wakes you, grows or spreads. See /doctor.
        With pain in chest or belly, do not run until someone has looked.
    .line = Skip a run or two and keep moving gently.
