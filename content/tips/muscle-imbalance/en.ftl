tip-muscle-imbalance = When a few muscles do all the work
    .how =
        Mix your week. Add a little strength work and a little easy moving.
        Think of back, shoulders and hips.
    .dose = Two short sessions a week are a fair start.
    .why =
        Some parts may be tired or stiff. Others then take over and ache.
        Many coaches think so. No trial has tested it for upper backs.
    .stop = Stop a move that feels sharp. For numbness or tingling, get help the same day.
    .not =
        Not in the first three days of new pain. Not while pain is 5 or more.
        Not with a fever or after a knock to the spine.
    .line = If some muscles tire, others take over and may ache.
