tip-flexibility = Keep your back moving
    .how =
        Roll your shoulders. Do a few slow cat and cows. Then stretch in a doorway.
        Go only as far as it feels good.
    .dose = Ten rolls and eight cat and cows. Hold the doorway stretch for 20 to 30 seconds.
    .why =
        Many runners like how it feels. It does little for sore muscles the next day.
        So do it because you enjoy it.
    .stop = Stop if it turns sharp or the pain spreads.
    .not =
        Not with fragile bones or after cancer, unless your doctor says yes.
        Not when pain is sharp or spreads. Not if looking up makes you dizzy.
        Not with any numbness or weakness.
        Not with a fever or after a knock to the spine.
    .line = A few slow moves for shoulders and upper back.
