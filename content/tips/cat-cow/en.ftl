tip-cat-cow = Cat and cow
    .how =
        Go on hands and knees. Round your back slowly, like a cat.
        Then let it sink and look ahead. Move with your breath.
    .dose = Eight slow rounds, once or twice a day.
    .why =
        It moves the whole back a little and feels good to many.
        It may help. No trial has tested it for upper backs in runners.
    .stop = Stop if it turns sharp, or you feel dizzy.
    .not =
        Not with fragile bones or after cancer.
        Not with any numbness or weakness.
        Not with a fever or after a knock to the spine.
        Not if looking up makes you dizzy. Skip it if hands or knees hurt.
    .line = On hands and knees, round and sink, eight times.
