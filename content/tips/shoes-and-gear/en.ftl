tip-shoes-and-gear = Lighter load, looser straps
    .how =
        Loosen the straps of vest, pack or bra. Carry less, and swap hands with phone or bottle.
        Run in shoes that feel good and are not worn out.
    .dose = A quick check before each run.
    .why =
        Tight or lopsided gear can tire the shoulders.
        Nobody has tested gear or shoes for upper backs. Go by what feels better to you.
    .stop = Take the load off as soon as it aches.
    .not = Loose straps do not help if a hand stays numb. Get help the same day.
    .line = Loosen straps, carry less and swap hands.
