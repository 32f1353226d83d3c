tip-ice = Cold pack
    .how =
        Wrap a cold pack in a thin towel. Lay it on the sore spot and sit back.
        If you like warmth more, a wrapped warm pack is fine too.
    .dose = 15 to 20 minutes, then off. Again a few times through the day.
    .why = It can dull the ache for a while. It is for comfort only and does not speed up healing.
    .stop = Take it off if the skin stings, turns white or goes numb.
    .not =
        Never put ice straight on the skin.
        Not on numb or broken skin, and not on a rash.
        Not if cold turns your fingers white or gives you hives.
        Not where your blood flow is poor.
    .line = Wrapped, 15 to 20 minutes, just for comfort.
