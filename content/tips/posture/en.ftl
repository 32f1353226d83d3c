tip-posture = A hunched day, a hunched run
    .how =
        On a run, look ahead and not at your feet. Let your shoulders drop.
        At a desk, change how you sit before it aches.
    .dose = A quick check every ten minutes of a run. At a desk, every half hour.
    .why =
        Hunching can load the upper back, on a run and all day long.
        The link between posture and pain is weak. No one way to sit is best.
        So this is about comfort, not about rules.
    .stop = Change back if a new position makes it hurt more.
    .not = Leave it if standing tall hurts. Move in the way that feels easy.
    .line = Hunching on a run or at a desk may add to it.
